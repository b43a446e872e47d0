"""https://docs.chainlit.io/integrations/fastapi"""


class Chainlit:
    """The application below the mount; its routes are not shown."""


def mount_chainlit(app, target, path="/chainlit"):
    app.mount(path, Chainlit())
