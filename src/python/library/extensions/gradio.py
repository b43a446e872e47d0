"""https://www.gradio.app/docs/gradio/mount_gradio_app"""
from __arch__ import symbol


class App:
    pass


def mount_gradio_app(app, blocks, path, *args, **options):
    app.mount(path, App())
    return app


def __getattr__(name):
    return symbol("gradio." + name)
