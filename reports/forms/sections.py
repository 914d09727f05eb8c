"""The sections of a report."""

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from isecg.forms import DeadlineField, OnceForm, VersionedForm
from members.models import OF_SECRETARIAT, WRITING, Mandate, Member
from reports.forms.fields import lines
from reports.models import Section

QUOTING = _("Markdown. A figure is quoted by its name: [[members]] becomes the number, and stays true.")


class SectionText(forms.ModelForm):
    """What the section says."""

    markdown: ClassVar[list[str]] = ["text"]

    class Meta:
        model = Section
        fields: ClassVar[list[str]] = ["title", "text"]
        widgets = {"text": lines(16)}
        help_texts = {"text": QUOTING}


class SectionFields(SectionText):
    """And its frame: where it stands, whose it is, until when."""

    due_at = DeadlineField(label=_("Due"), required=False)

    class Meta(SectionText.Meta):
        fields: ClassVar[list[str]] = ["title", "kind", "number", "owner", "due_at", "text"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        writing = Mandate.objects.on(timezone.now().date()).filter(role__in=[*WRITING, *OF_SECRETARIAT])
        owner: Any = self.fields["owner"]
        kept = Member.objects.filter(pk=self.instance.owner_id)
        active = Member.objects.filter(pk__in=writing.values("member"), is_active=True)
        owner.queryset = (active | kept).order_by("name")
        owner.empty_label = _("nobody yet")
        owner.help_text = _("A delegate who owns a section may write it; the secretariat always may.")


class AddSectionForm(OnceForm, SectionFields):
    """A new section; its address stays."""

    class Meta(SectionFields.Meta):
        fields: ClassVar[list[str]] = ["title", "slug", *SectionFields.Meta.fields[1:]]


class SectionForm(SectionFields, VersionedForm):
    """A section as it stands."""

    class Meta(SectionFields.Meta):
        pass


class OwnSectionForm(SectionText, VersionedForm):
    """A section as its owner writes it."""

    class Meta(SectionText.Meta):
        pass


class ReviewForm(forms.Form):
    """What was read: the checksum of words and figures."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
