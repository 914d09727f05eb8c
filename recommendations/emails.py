"""The mails about recommendations: what each kind is called on the page that says who was told what.

Every template (`templates/mail/<kind>/`) gets `about` (the recommendation), `member`, `site_url`, `why` (the
reason that was typed; may be empty), and besides:

| kind | written by | to | and its template gets |
|---|---|---|---|
| circulated | circulate | who writes for an agency asked, observers if they may read | consultation |
| extended | extend | everybody asked, who has read it | consultation, extension (before, after, reason) |
| closed | close | everybody asked, who has read it | consultation |
| late_accepted | accept_late | who writes for that agency | consultation, grace (agency, until) |
| silence_started | start_silence | who writes for an agency asked | silence |
| objected | object_to | who writes for one asked, chair, secretariat | silence, objection, agency |
| objection_withdrawn | withdraw_objection | the same | silence, objection, agency |
| concluded | conclude | the same | silence, agreed (yes or no), objections (a list) |
| approved | approve | secretariat | approval, issue_now (yes or no) |
| recommendation_issued | issue | heads and alternates of every member | issue |
| recommendation_superseded | supersede | heads and alternates of every member | successor |
| recommendation_withdrawn | withdraw | heads and alternates of every member | – |
| abandoned | abandon | everybody asked, who has read it | – |

Those of `circulated`, `silence_started` and `recommendation_issued` are kept back until the step takes
effect: consultation.opens_at, silence.starts_at, issue.at. Templates are rendered in the member's language.
"""

from django.utils.translation import gettext_lazy as _

from isecg.access import Sentence

KINDS: dict[str, Sentence] = {
    "circulated": _("asked to comment"),
    "extended": _("told of the later deadline"),
    "closed": _("told that the consultation closed early"),
    "late_accepted": _("told that late comments are accepted"),
    "silence_started": _("told that the silence procedure starts"),
    "objected": _("told of an objection"),
    "objection_withdrawn": _("told that an objection was withdrawn"),
    "concluded": _("told how the silence procedure ended"),
    "approved": _("told of the chair's approval"),
    "recommendation_issued": _("told that it is issued"),
    "recommendation_superseded": _("told that it is superseded"),
    "recommendation_withdrawn": _("told that it is withdrawn"),
    "abandoned": _("told that it was given up"),
    "comments_submitted": _("told that comments were submitted"),
    "comment_withdrawn": _("told that a comment was withdrawn"),
    "verdicts_released": _("told what became of their comments"),
    "response_submitted": _("told of an agency's answer"),
    "response_returned": _("told that the answer was returned"),
    "response_released": _("told that the answer is public"),
    "response_retracted": _("told that the answer was retracted"),
}
