"""https://www.starlette.dev/staticfiles/"""


class StaticFiles:
    def __init__(self, *, directory=None, packages=None, html=False, check_dir=True, follow_symlink=False):
        self.directory, self.packages, self.html = directory, packages, html


class NotModifiedResponse:
    pass
