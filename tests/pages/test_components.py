"""Each component as a page shows it: what it says, and what it says to those who do not see it."""

from typing import Any

from django import forms
from django.core.paginator import Paginator

from isecg.access import Allowed, Denied
from isecg.design import Sample


def test_button_that_may_not_be_pressed_says_why(show: Any) -> None:
    page = show(
        '{% include "components/button.html" with words="Publish" decision=no only %}',
        no=Denied("Only staff can."),
    )
    assert 'aria-disabled="true" aria-describedby="why-publish"' in page
    assert '<span class="why__reason" id="why-publish">Only staff can.</span>' in page
    assert 'type="button"' in page  # pressing it sends nothing


def test_button_that_may_be_pressed_is_one(show: Any) -> None:
    page = show(
        '{% include "components/button.html" with words="Publish" decision=yes only %}', yes=Allowed()
    )
    assert 'type="submit"' in page
    assert "aria-disabled" not in page


def test_button_in_a_list_names_its_row(show: Any) -> None:
    page = show('{% include "components/button.html" with words="Edit" about="DLR" address="/x/" only %}')
    assert 'href="/x/"' in page
    assert 'Edit<span class="only-heard"> DLR</span>' in page


def test_post_button_asks_for_the_token(show: Any) -> None:
    page = show('{% include "components/post-button.html" with words="Go" to="/x/" %}', csrf_token="abc")
    assert '<form class="inline" method="post" action="/x/">' in page
    assert 'name="csrfmiddlewaretoken" value="abc"' in page


def test_post_button_without_permission_has_no_form(show: Any) -> None:
    page = show(
        '{% include "components/post-button.html" with words="Go" to="/x/" decision=no %}', no=Denied("No.")
    )
    assert "<form" not in page


def test_component_escapes_its_arguments_and_not_its_content(show: Any) -> None:
    page = show('{% component "card" title=bad %}<p>{{ bad }}</p>{% endcomponent %}', bad="<b>")
    assert "<h3>&lt;b&gt;</h3>" in page
    assert "<p>&lt;b&gt;</p>" in page


def test_component_sees_only_what_it_is_given(show: Any) -> None:
    page = show('{% component "notice" words="Seen." %}{% endcomponent %}', title="From outside")
    assert "Seen." in page
    assert "From outside" not in page


def test_badge_says_its_state_in_words_and_a_sign(show: Any) -> None:
    for kind in ("", "good", "warn", "bad", "info"):
        page = show('{% include "components/badge.html" with words="late" kind=kind only %}', kind=kind)
        assert "<svg" in page
        assert "late" in page


def test_progress_under_way_says_phase_and_percent(show: Any) -> None:
    page = show(
        '{% include "components/progress.html" with state="running" words="laying out pages" '
        'percent=62 label="Report 2025" poll="/p/" only %}'
    )
    assert 'value="62" aria-label="Report 2025"' in page
    assert "laying out pages · 62 %" in page
    assert 'hx-get="/p/"' in page


def test_progress_that_failed_says_what_went_wrong_and_asks_no_more(show: Any) -> None:
    page = show(
        '{% include "components/progress.html" with state="failed" failure="A picture is broken." '
        'label="R" poll="/p/" only %}'
    )
    assert "A picture is broken." in page
    assert "hx-get" not in page
    assert "<progress" not in page


def test_pagination_of_a_single_page_is_nothing(show: Any) -> None:
    one = Paginator(range(5), 10).page(1)
    assert show('{% include "components/pagination.html" with page=page only %}', page=one) == ""


def test_pagination_keeps_the_question(show: Any) -> None:
    page = show(
        '{% include "components/pagination.html" with page=page query=query only %}',
        page=Paginator(range(30), 10).page(2),
        query="&q=moon",
    )
    assert 'rel="prev" href="?page=1&amp;q=moon"' in page
    assert "Page 2 of 3" in page


def test_facts_leave_out_what_is_not_known(show: Any) -> None:
    page = show(
        '{% include "components/facts.html" with rows=rows only %}', rows=[("Country", ""), ("Since", "2007")]
    )
    assert "Country" not in page
    assert "<dt>Since</dt> <dd>2007</dd>" in page


def test_timeline_marks_what_holds_now(show: Any) -> None:
    rows = [{"when": "2021", "words": "later", "now": True}, {"when": "2007", "words": "first"}]
    assert (
        show('{% include "components/timeline.html" with rows=rows only %}', rows=rows).count("timeline__now")
        == 1
    )


def test_figure_has_words_and_credit(show: Any) -> None:
    page = show('{% include "components/figure.html" with src="/a.jpg" alt="A crater" credit="JAXA" only %}')
    assert 'alt="A crater"' in page
    assert "Picture: JAXA" in page


def test_table_scrolls_only_where_it_does_not_become_cards(show: Any) -> None:
    cards = show('{% component "table" caption="All" %}<tbody></tbody>{% endcomponent %}')
    plain = show('{% component "table" caption="All" plain=True %}<tbody></tbody>{% endcomponent %}')
    assert "table--cards" in cards
    assert "tabindex" not in cards
    assert 'role="region" aria-label="All" tabindex="0"' in plain


def test_empty_state_leads_on(show: Any) -> None:
    page = show('{% include "components/empty.html" with title="None" action="Write" address="/w/" only %}')
    assert 'href="/w/"' in page
    assert "Write" in page


def test_form_says_what_is_wrong_in_a_summary_and_in_place(show: Any) -> None:
    page = show("{{ form }}", form=Sample({"title": "Kept"}))
    assert 'role="alert"' in page
    assert '<a href="#id_day">Day: This field is required.</a>' in page
    assert '<ul class="field__errors" id="id_day_error">' in page
    assert 'aria-describedby="id_day_error"' in page
    assert 'value="Kept"' in page


def test_form_without_errors_has_no_summary(show: Any) -> None:
    assert "error-summary" not in show("{{ form }}", form=Sample())


def test_every_field_is_named_and_says_whether_it_may_stay_empty(show: Any) -> None:
    page = show("{{ form }}", form=Sample())
    assert '<label for="id_title">Title</label>' in page
    assert '<label for="id_text">Text <span class="field__needed">(optional)</span></label>' in page
    assert page.count("<legend>") == 3  # radio buttons, check boxes, day and time of a deadline
    assert 'aria-describedby="id_title_helptext"' in page


def test_errors_that_belong_to_no_field_are_in_the_summary(show: Any) -> None:
    form = forms.Form({})
    form.add_error(None, "These days overlap.")
    assert "<li>These days overlap.</li>" in show("{{ form }}", form=form)


def test_icons_are_silent(show: Any) -> None:
    assert 'aria-hidden="true"' in show('{% icon "download" %}')


def test_post_button_takes_nothing_from_the_page_around_it(show: Any) -> None:
    page = show(
        '{% include "components/post-button.html" with words="Go" to="/x/" %}',
        form="<b>fields</b>",
        title="A title",
    )
    assert "fields" not in page
    assert "<button" in page
