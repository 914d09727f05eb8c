"""The document of these tests: everything that goes over pages, or that layout takes apart."""

WORDS = (
    "Representatives of fourteen organisations compared interoperability requirements for communication "
    "infrastructure and photovoltaic installations, notwithstanding considerable disagreement. "
)
SHEET = """
@page { size: 100mm 120mm; margin: 22mm 10mm 18mm 10mm;
  @top-left { content: "A running head"; vertical-align: top; padding-top: 5mm }
  @bottom-right { content: counter(page); vertical-align: bottom; padding-bottom: 4mm }
  @footnote { border-top: 0.4pt solid black } }
.note { float: footnote; font-size: 8pt }
h2 span { display: block }
p, table, ul, figure { margin-bottom: 3mm }
"""
ABOUT = """<meta name="author" content="The author"><meta name="description" content="A subject &amp; more">
<meta name="keywords" content="one, two"><meta name="dcterms.created" content="2026-03-01T10:00:00+01:00">"""
HEAD = f'<!doctype html><html lang="en"><head><title>A document</title>{ABOUT}</head><body>x</body></html>'
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10" width="40mm" height="10mm">'
    '<title>A bar, half full</title><rect width="40" height="10" fill="#143f7c"/></svg>'
)
ITEMS = "".join(f"<li>Item {number}. {WORDS}</li>" for number in range(1, 5))
ROW = '<tr><th scope="row">Row {0}</th><td>{1}</td><td>{0}</td></tr>'
ROWS = "".join(ROW.format(number, WORDS[:90]) for number in range(1, 13))
BODY = f"""
<nav><h2>Contents</h2><ol><li><a href="#one">One</a></li><li><a href="#two">Two</a></li></ol></nav>
<section><h1 id="one">One<span class="note">Where this is from.</span></h1>
<p class="long">Begin. {WORDS * 8} End.</p>
<p>Words with <strong>a strong part</strong> <em>and another</em><span class="note">A second note.</span>
and more.</p>
<figure>{PICTURE}<figcaption>Figure of a bar</figcaption></figure>
<h2>A box<span lang="fr">Une boîte</span></h2>
<div>Only words in a box.</div>
<p lang="de">Ein Satz auf Deutsch.</p>
<ul>{ITEMS}</ul>
<dl><dt>Country</dt><dd>Brazil</dd><div><dt>Since</dt><dd>2019</dd></div></dl></section>
<section><h2 id="two">Two</h2>
<table><thead><tr><th>Name</th><th>What</th><th>Number</th></tr></thead><tbody>{ROWS}</tbody></table>
<p><a href="https://example.org/">A link</a> and its words.</p></section>
"""
HTML = HEAD.replace(
    "<body>x", "<body>" + BODY.replace("<nav>", "<section><h1>A document</h1></section><nav>")
)
