"""Handing mails over, in the worker."""

import smtplib

from isecg.jobs import performs
from isecg.mail.models import Message

REFUSALS = (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError)


@performs(Message)
def hand_over(message: Message) -> None:
    """Hand the mail to the server. An address the server refuses for good is not tried again."""
    try:
        message.outgoing().send()
    except REFUSALS as error:
        if not _for_good(error):
            raise
        message.refuse()
        return
    message.finish()


def _for_good(error: smtplib.SMTPException) -> bool:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _words in error.recipients.values())
    return isinstance(error, smtplib.SMTPResponseException) and error.smtp_code >= 500
