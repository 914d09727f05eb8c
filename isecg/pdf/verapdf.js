// Run by the script engine in the validator's own archive (see verapdf.py): any JRE will do, nothing is compiled.
// Arguments: pairs of a profile (its file in the archive) and a path. Prints one line of JSON a pair:
// {"profile", "rules", "checks", "failed": [{"clause", "test", "times", "words", "place"}]}.
// The archive lacks the library by which the validator reads its profiles, so they are read here.
Packages.java.util.logging.LogManager.getLogManager().reset();
Packages.org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider.initialise();

var Profiles = Packages.org.verapdf.pdfa.validation.profiles.Profiles;
var ErrorArgument = Packages.org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
var Flavour = Packages.org.verapdf.pdfa.flavours.PDFAFlavour;
var Specification = Packages.org.verapdf.pdfa.flavours.PDFAFlavour.Specification;
var foundry = Packages.org.verapdf.pdfa.Foundries.defaultInstance();
var loader = java.lang.Thread.currentThread().getContextClassLoader();

function all(element, name) {
  var found = element.getElementsByTagName(name), list = [];
  for (var at = 0; at < found.getLength(); at++) list.push(found.item(at));
  return list;
}

function words(element, name) {
  var found = all(element, name);
  return found.length ? String(found[0].getTextContent()) : "";
}

function rule(element) {
  var id = all(element, "id")[0], given = new java.util.ArrayList(), deferred = element.getAttribute("deferred");
  all(element, "argument").forEach(function (argument) {
    given.add(ErrorArgument.fromValues(argument.getTextContent(), argument.getAttribute("name") || null, null));
  });
  return Profiles.ruleFromValues(
    Profiles.ruleIdFromValues(
      Specification.valueOf(id.getAttribute("specification")),
      id.getAttribute("clause"),
      java.lang.Integer.parseInt(id.getAttribute("testNumber"))
    ),
    element.getAttribute("object"),
    deferred == "" ? null : java.lang.Boolean.valueOf(deferred),
    element.getAttribute("tags"),
    words(element, "description"),
    words(element, "test"),
    Profiles.errorFromValues(words(element, "message"), given),
    new java.util.ArrayList()
  );
}

function profile(name) {
  var file = loader.getResourceAsStream("org/verapdf/pdfa/validation/" + name + ".xml");
  var builder = Packages.javax.xml.parsers.DocumentBuilderFactory.newInstance().newDocumentBuilder();
  var root = builder.parse(file).getDocumentElement();
  var rules = new java.util.LinkedHashSet(), variables = new java.util.LinkedHashSet();
  all(root, "rule").forEach(function (element) {
    rules.add(rule(element));
  });
  all(root, "variable").forEach(function (element) {
    variables.add(
      Profiles.variableFromValues(
        element.getAttribute("name"), element.getAttribute("object"),
        words(element, "defaultValue"), words(element, "value")
      )
    );
  });
  var details = Profiles.profileDetailsFromValues(name, name, "", new java.util.Date(0));
  return Profiles.profileFromValues(Flavour.valueOf(root.getAttribute("flavour")), details, "", rules, variables);
}

function examine(name, path) {
  var rules = profile(name), parser = foundry.createParser(new java.io.File(path), rules.getPDFAFlavour());
  try {
    var result = foundry.createValidator(rules, 1, false, true, false).validate(parser);
    return {
      profile: name,
      rules: Number(rules.getRules().size()),
      checks: Number(result.getTotalAssertions()),
      failed: failures(result)
    };
  } finally {
    parser.close();
  }
}

function failures(result) {
  var times = result.getFailedChecks(), found = [], told = result.getTestAssertions();
  for (var at = 0; at < told.size(); at++) {
    var assertion = told.get(at), id = assertion.getRuleId();
    if (String(assertion.getStatus().name()) !== "FAILED") continue;
    found.push({
      clause: String(id.getClause()),
      test: Number(id.getTestNumber()),
      times: Number(times.get(id) || 1),
      words: String(assertion.getErrorMessage() || assertion.getMessage()),
      place: String(assertion.getLocation().getContext())
    });
  }
  return found;
}

for (var at = 0; at + 1 < arguments.length; at += 2) {
  print(JSON.stringify(examine(arguments[at], arguments[at + 1])));
}
