"""What follows from verdicts: taking one back, putting words into the text, releasing, answering, making
public, redacting. Each is a question on a page of its own before it is done."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView

from isecg.access import Decision, Sentence, require
from isecg.forms import take_errors
from isecg.versions import Stale
from recommendations import redline
from recommendations.forms.dispositions import MOST, AnswerForm, RedactForm, VersionForm
from recommendations.models import Comment, Consultation, Disposition, Recommendation
from recommendations.permissions import dispositions as permissions
from recommendations.permissions.steps import can_dispose
from recommendations.queries import audiences
from recommendations.queries.dispositions import undecided
from recommendations.queries.rows import TableRow
from recommendations.queries.steps import consultation_of
from recommendations.queries.table import load
from recommendations.services.applying import apply, preview
from recommendations.services.dispositions import answer_verdict, release_verdicts, withdraw_verdict
from recommendations.services.publishing import publish_comments, redact_comment
from recommendations.views.lookup import recommendation_of
from recommendations.views.table import comment_of, row_of


class Question(FormView):
    """The question before a step. A subclass says `allowed`, `save`, and what is asked."""

    template_name = "recommendations/question.html"
    http_method_names = ["get", "post", "head"]
    form_class: type[forms.Form] = forms.Form
    title: Sentence = ""
    effect: Sentence = ""
    yes: Sentence = ""
    done: Sentence = ""
    danger = False
    recommendation: Recommendation

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.recommendation = recommendation_of(request, kwargs["number"])
        require(self.allowed())
        return super().dispatch(request, *args, **kwargs)

    def allowed(self) -> Decision:
        raise NotImplementedError

    def save(self, form: Any) -> Any:
        raise NotImplementedError

    def back(self) -> str:
        return reverse("recommendations:comments", args=[self.recommendation.number])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = {"title": self.title, "effect": self.effect, "yes": self.yes, "danger": self.danger}
        more = {"recommendation": self.recommendation, "back": self.back()}
        return super().get_context_data(**words, **more, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            self.save(form)
        except ValidationError as error:
            take_errors(form, error)
            return self.form_invalid(form)
        except Stale:
            return self.look_again()
        messages.success(self.request, self.said())
        return redirect(self.back())

    def said(self) -> str:
        return str(self.done)

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def look_again(self) -> HttpResponse:
        """Somebody changed it after this page was opened: it is shown as it stands, and asked again."""
        self.recommendation.refresh_from_db()
        form = self.form_class(initial=self.get_initial())
        return self.render_to_response(self.get_context_data(form=form, changed=True), status=409)


class OfComment(Question):
    """A question about one comment that the reader may see."""

    comment: Comment

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        recommendation = recommendation_of(request, kwargs["number"])
        self.comment = comment_of(request, recommendation, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def row(self) -> TableRow:
        return row_of(load(self.recommendation, self.request.user), self.comment.pk)

    def back(self) -> str:
        return reverse("recommendations:comment", args=[self.recommendation.number, self.comment.pk])

    def disposition(self) -> Disposition:
        """The verdict as far as this reader may know it; else 404."""
        visible = Disposition.objects.visible_to(self.request.user)
        return get_object_or_404(visible.select_related("comment__consultation"), comment=self.comment)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(row=self.row(), **kwargs)


class WithdrawVerdict(OfComment):
    """Take a verdict back before it is released."""

    form_class = VersionForm
    title = gettext_lazy("Take this verdict back?")
    effect = gettext_lazy("The comment is undecided again. No agency has seen the verdict; the log keeps it.")
    yes = gettext_lazy("Take it back")
    done = gettext_lazy("Taken back: the comment is undecided again.")

    def allowed(self) -> Decision:
        return can_dispose(self.request.user, self.recommendation)

    def get_initial(self) -> dict[str, Any]:
        return {"version": self.disposition().version}

    def save(self, form: Any) -> None:
        version = form.cleaned_data["version"]
        withdraw_verdict(self.disposition(), by=self.request.user, version=version)


class Apply(OfComment):
    """Agreed words are put into the working text: shown as a redline first."""

    template_name = "recommendations/apply.html"
    form_class = VersionForm
    done = gettext_lazy("Put into the working text.")

    def allowed(self) -> Decision:
        return permissions.can_apply(self.request.user, self.comment)

    def get_initial(self) -> dict[str, Any]:
        return {"version": self.recommendation.version}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        applied = preview(self.comment, self.recommendation)
        runs = redline.compare(applied.before, applied.after)
        return super().get_context_data(applied=applied, runs=runs, **kwargs)

    def save(self, form: Any) -> None:
        apply(self.comment, by=self.request.user, version=form.cleaned_data["version"])


class AnswerVerdict(OfComment):
    """The agency says whether it is satisfied."""

    form_class = AnswerForm
    title = gettext_lazy("What does your agency say to this verdict?")
    effect = gettext_lazy("Until the text is issued, the last answer counts.")
    yes = gettext_lazy("Answer")
    done = gettext_lazy("Your agency's answer is kept with the comment.")

    def allowed(self) -> Decision:
        return permissions.can_answer_verdict(self.request.user, self.disposition())

    def get_initial(self) -> dict[str, Any]:
        answer = getattr(self.disposition(), "satisfaction", None)
        return {"satisfied": "yes" if answer.satisfied else "no", "because": answer.because} if answer else {}

    def save(self, form: Any) -> None:
        answer_verdict(self.disposition(), by=self.request.user, **form.cleaned_data)


class RedactComment(OfComment):
    """Hide a comment's words from everybody but its own agency."""

    form_class = RedactForm
    title = gettext_lazy("Redact this comment?")
    effect = gettext_lazy(
        "Its words are hidden everywhere, from the secretariat too; only its own agency still reads them. "
        "This cannot be undone."
    )
    yes = gettext_lazy("Redact")
    done = gettext_lazy("Redacted: your reason stands where the words were.")
    danger = True

    def allowed(self) -> Decision:
        return permissions.can_redact_comment(self.request.user, self.comment)

    def save(self, form: Any) -> None:
        redact_comment(self.comment, by=self.request.user, reason=form.cleaned_data["reason"])


class ReleaseVerdicts(Question):
    """Show the agencies their verdicts, after a look at who is told."""

    template_name = "recommendations/release.html"
    done = gettext_lazy("Released: the agencies read the verdicts, and their delegations have been mailed.")

    def allowed(self) -> Decision:
        self.consultation = self.asked()
        return permissions.can_release_verdicts(self.request.user, self.consultation)

    def asked(self) -> Consultation:
        found = consultation_of(self.recommendation)
        if found is None:
            raise Http404
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now, submitted = timezone.now(), Comment.objects.submitted().filter(consultation=self.consultation)
        agencies = self.consultation.agencies.filter(pk__in=submitted.values("agency"))
        told = list(audiences.writers(self.recommendation, now, agencies=agencies))
        waiting = list(undecided(self.recommendation).filter(consultation=self.consultation))
        return super().get_context_data(
            told=told, waiting=waiting, count=submitted.count(), consultation=self.consultation, **kwargs
        )

    def save(self, form: Any) -> None:
        release_verdicts(self.consultation, by=self.request.user)


class PublishForm(forms.Form):
    """The comments that become public."""

    comment = forms.TypedMultipleChoiceField(
        coerce=int, error_messages={"required": gettext_lazy("Choose the comments that become public.")}
    )

    def __init__(self, *args: Any, rows: list[TableRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["comment"].choices = [(row.pk, row.label) for row in rows]  # type: ignore[attr-defined]


class PublishComments(Question):
    """Choose which comments everybody reads, with their verdicts."""

    template_name = "recommendations/publish_comments.html"
    form_class = PublishForm
    count = 0

    def allowed(self) -> Decision:
        decision = permissions.can_publish_comments(self.request.user, self.recommendation)
        self.rows = load(self.recommendation, self.request.user) if decision else []
        return decision

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "rows": self.rows}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(rows=self.rows, is_public=self.is_public(), **kwargs)

    def is_public(self) -> bool:
        return self.recommendation.is_public(timezone.now())

    def save(self, form: Any) -> None:
        chosen = Comment.objects.filter(pk__in=form.cleaned_data["comment"][:MOST])
        made = publish_comments(self.recommendation, by=self.request.user, comments=chosen)
        self.count = len(made)

    def said(self) -> str:
        words = ngettext("%(count)s comment is public now.", "%(count)s comments are public now.", self.count)
        return words % {"count": self.count}

    def back(self) -> str:
        return reverse("recommendations:you_said", args=[self.recommendation.number])


OF_A_COMMENT: list[tuple[str, str, Any]] = [
    ("withdraw-verdict", "withdraw_verdict", WithdrawVerdict),
    ("apply", "apply", Apply),
    ("answer", "answer_verdict", AnswerVerdict),
    ("redact", "redact_comment", RedactComment),
]
