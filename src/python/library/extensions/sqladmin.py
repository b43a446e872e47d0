"""https://smithyman.github.io/sqladmin/"""


class BaseView:
    pass


class ModelView(BaseView):
    def __init_subclass__(cls, model=None, **options):
        cls.model = model


def expose(path, *, methods=("GET",), identity=None, include_in_schema=True):
    return lambda function: function


def action(name, label=None, **options):
    return lambda function: function


class AuthenticationBackend:
    def __init__(self, secret_key=None):
        self.middlewares = []


class SQLAdmin:
    """The application below the mount; its routes are not shown."""


class Admin:
    def __init__(
        self, app, engine=None, session_maker=None, base_url="/admin", title="Admin", logo_url=None, *args, **options
    ):
        self.app, self.engine, self.base_url, self.title = app, engine, base_url, title
        self.views = []
        app.mount(base_url, app=SQLAdmin(), name="admin")

    def add_view(self, view):
        self.views.append(view)

    add_model_view = add_base_view = add_view

    def register_page(self, page):
        self.views.append(page)
