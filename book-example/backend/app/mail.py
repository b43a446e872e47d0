"""Mail, sent behind the response."""

import smtplib
from email.message import EmailMessage
from html import escape

import structlog

from app.core.config import settings

logger = structlog.get_logger(__name__)


def send_welcome(address: str, display_name: str) -> None:
    if settings.SMTP_HOST is None:
        logger.info("mail_skipped", reason="no SMTP host")
        return
    message = EmailMessage()
    message["From"] = settings.MAIL_FROM
    message["To"] = address
    message["Subject"] = "Welcome to Orrery"
    message.set_content(f"Hello {display_name},\n\nyour account is ready.\n")
    message.add_alternative(
        f'<img src="{settings.PUBLIC_URL}/static/logo.svg" width="64" alt="Orrery">'
        f"<p>Hello {escape(display_name)},</p><p>your account is ready.</p>",
        subtype="html",
    )
    with smtplib.SMTP(settings.SMTP_HOST, settings.SMTP_PORT, timeout=10) as smtp:
        smtp.send_message(message)
