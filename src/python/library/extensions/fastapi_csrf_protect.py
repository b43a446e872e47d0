"""https://github.com/aekasitt/fastapi-csrf-protect"""
from __arch__ import unknown


class CsrfProtectError(Exception):
    pass


class CsrfProtect:
    @classmethod
    def load_config(cls, settings):
        return settings

    def generate_csrf_tokens(self, secret_key=None):
        return unknown("csrf_token"), unknown("signed_token")

    def set_csrf_cookie(self, csrf_signed_token, response):
        return None

    def unset_csrf_cookie(self, response):
        return None

    async def validate_csrf(self, request, **options):
        return None
