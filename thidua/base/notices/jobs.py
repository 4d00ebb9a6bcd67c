"""Notices by e-mail, in the worker."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone
from procrastinate.contrib.django import app

from thidua.base.notices.models import Notice


@app.task(queueing_lock="mail_notices", retry=5, pass_context=False)
def mail_notices() -> None:
    """Send what was not sent yet to those who gave an address. Does nothing until mail is set up."""
    if not settings.EMAIL_HOST:
        return
    waiting = Notice.objects.filter(mailed_at__isnull=True).exclude(to__email="").select_related("to")
    for notice in waiting:
        send_mail(
            subject=notice.text[:120],
            message=f"{notice.text}\n\n{settings.SITE_ADDRESS}{notice.url}",
            from_email=None,
            recipient_list=[notice.to.email],
        )
        Notice.objects.filter(pk=notice.pk).update(mailed_at=timezone.now())
