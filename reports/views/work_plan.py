"""Keeping the work plan."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from isecg.access import Decision
from isecg.pages import EditPage
from reports import permissions
from reports.forms import (
    AddProgressForm,
    AddWorkItemForm,
    DropForm,
    ProgressForm,
    TakeUpForm,
    WorkItemForm,
)
from reports.models import ProgressEntry, WorkItem
from reports.services.plan_changes import (
    drop_work_item,
    refuse_done,
    refuse_dropped,
    refuse_work,
    take_up_work_item,
)
from reports.services.work_plan import add_progress, add_work_item, edit_progress, edit_work_item
from reports.views.writing import WriteNewPage, WritePage


class AddWorkItem(WriteNewPage):
    """A new item."""

    form_class = AddWorkItemForm
    permission = staticmethod(permissions.can_edit_work_item)
    service = add_work_item

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            title=_("Add a work item"), back=reverse("reports:work_plan"), **kwargs
        )


class EditWorkItem(WritePage):
    """An item's title, agencies and days."""

    model = WorkItem
    slug_field = slug_url_kwarg = "code"
    form_class = WorkItemForm
    permission = staticmethod(permissions.can_edit_work_item)
    service = edit_work_item


class DropWorkItem(EditPage):
    """By which decision an item is dropped, and why."""

    model = WorkItem
    slug_field = slug_url_kwarg = "code"
    form_class = DropForm
    permission = staticmethod(permissions.can_drop_work_item)
    service = drop_work_item

    def get_object(self, queryset: Any = None) -> WorkItem:
        item: WorkItem = super().get_object(queryset)
        refuse_dropped(item)
        refuse_done(item)
        return item

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = _("Its history and its entries stay. The annual report names the decision.")
        title = _("Drop %(item)s") % {"item": self.object}
        return super().get_context_data(title=title, lead=words, save=_("Drop the item"), **kwargs)


class TakeUpWorkItem(EditPage):
    """A dropped item is work again."""

    model = WorkItem
    slug_field = slug_url_kwarg = "code"
    form_class = TakeUpForm
    permission = staticmethod(permissions.can_take_up_work_item)
    service = take_up_work_item

    def get_object(self, queryset: Any = None) -> WorkItem:
        item: WorkItem = super().get_object(queryset)
        refuse_work(item)
        return item

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        title = _("Take %(item)s up again") % {"item": self.object}
        return super().get_context_data(title=title, save=_("Take it up again"), **kwargs)


class AddProgress(WriteNewPage):
    """How far an item was on a day."""

    form_class = AddProgressForm

    def allowed(self) -> Decision:
        self.item = get_object_or_404(WorkItem, code=self.kwargs["code"])
        return permissions.can_add_progress(self.request.user, self.item)

    def save(self, **fields: Any) -> ProgressEntry:
        return add_progress(self.item, by=self.request.user, **fields)

    def get_initial(self) -> dict[str, Any]:
        return {"day": timezone.now().date()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        back = self.item.get_absolute_url()
        return super().get_context_data(title=_("How far is it?"), lead=self.item, back=back, **kwargs)

    def get_success_url(self) -> str:
        return self.item.get_absolute_url()


class EditProgress(WritePage):
    """An entry, corrected."""

    model = ProgressEntry
    form_class = ProgressForm
    permission = staticmethod(permissions.can_edit_progress)
    service = edit_progress

    def find(self) -> ProgressEntry:
        return get_object_or_404(ProgressEntry.objects.select_related("item"), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(back=self.object.item.get_absolute_url(), **kwargs)

    def get_success_url(self) -> str:
        return self.object.item.get_absolute_url()
