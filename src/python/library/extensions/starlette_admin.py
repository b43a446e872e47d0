"""https://jowilf.github.io/starlette-admin/"""
from __arch__ import symbol


class BaseView:
    pass


class CustomView(BaseView):
    def __init__(self, *args, **options):
        pass


class BaseModelView(BaseView):
    def __init__(self, *args, **options):
        pass


class ModelView(BaseModelView):
    pass


class Link(BaseView):
    def __init__(self, *args, **options):
        pass


class DropDown(BaseView):
    def __init__(self, *args, **options):
        pass


class StarletteAdmin:
    """What is below the mount of an administration; its routes are not shown."""


class BaseAdmin:
    def __init__(self, *args, title="Admin", base_url="/admin", route_name="admin", **options):
        self.title, self.base_url, self.route_name = title, base_url, route_name
        self.views = []

    def add_view(self, view):
        self.views.append(view)

    def mount_to(self, app, *args, **options):
        app.mount(self.base_url, app=StarletteAdmin(), name=self.route_name)


class Admin(BaseAdmin):
    pass


def __getattr__(name):
    return symbol("starlette_admin." + name)
