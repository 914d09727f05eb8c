"""The pages of the steps that others notice, by verb."""

from typing import Any

from recommendations.views.steps.asking import AcceptLate, Circulate, Close, Extend
from recommendations.views.steps.issuing import (
    Abandon,
    Approve,
    IssueIt,
    Recall,
    SendNow,
    Supersede,
    Withdraw,
)
from recommendations.views.steps.silence import (
    Conclude,
    Object,
    StartSilence,
    StatePosition,
    WithdrawObjection,
)

PAGES: tuple[Any, ...] = (
    Circulate,
    Extend,
    Close,
    AcceptLate,
    StartSilence,
    Object,
    WithdrawObjection,
    StatePosition,
    Conclude,
    Approve,
    IssueIt,
    Recall,
    SendNow,
    Supersede,
    Withdraw,
    Abandon,
)
