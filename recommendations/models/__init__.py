"""Recommendations from the first draft to the agencies' answers."""

from recommendations.models.comments import Comment, CommentKind, Placement, Upload
from recommendations.models.consultations import Consultation, Extension, Grace, Phase
from recommendations.models.dispositions import Disposition, Explanation, Satisfaction, Verdict
from recommendations.models.issues import Approval, Issue
from recommendations.models.prints import Print
from recommendations.models.recommendations import (
    ENDED,
    NUMBER,
    STATEMENT,
    WAS_ISSUED,
    Kind,
    Reading,
    Recommendation,
    State,
)
from recommendations.models.responses import ANSWERS, Answer, Aspect, Response
from recommendations.models.revisions import Paragraph, Revision, Role
from recommendations.models.silence import Objection, Outcome, Position, SilenceProcedure, Stand

__all__ = [
    "ANSWERS",
    "ENDED",
    "NUMBER",
    "STATEMENT",
    "WAS_ISSUED",
    "Answer",
    "Approval",
    "Aspect",
    "Comment",
    "CommentKind",
    "Consultation",
    "Disposition",
    "Explanation",
    "Extension",
    "Grace",
    "Issue",
    "Kind",
    "Objection",
    "Outcome",
    "Paragraph",
    "Phase",
    "Placement",
    "Position",
    "Print",
    "Reading",
    "Recommendation",
    "Response",
    "Revision",
    "Role",
    "Satisfaction",
    "SilenceProcedure",
    "Stand",
    "State",
    "Upload",
    "Verdict",
]
