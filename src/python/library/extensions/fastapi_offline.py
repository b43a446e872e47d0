"""https://github.com/turettn/fastapi_offline"""
from fastapi import FastAPI, Request
from starlette.responses import HTMLResponse
from starlette.staticfiles import StaticFiles


def FastAPIOffline(docs_url="/docs", redoc_url="/redoc", *args, **kwargs):
    kwargs.pop("favicon_url", None)
    static_url = kwargs.pop("static_url", "/static-offline-docs")
    app = FastAPI(*args, **{**kwargs, "docs_url": None, "redoc_url": None})
    app.mount(static_url, StaticFiles(directory="static"), name="static-offline-docs")
    if docs_url is not None:

        @app.get(docs_url, include_in_schema=False)
        async def custom_swagger_ui_html(request: Request) -> HTMLResponse:
            return HTMLResponse()

        @app.get(app.swagger_ui_oauth2_redirect_url, include_in_schema=False)
        async def swagger_ui_redirect() -> HTMLResponse:
            return HTMLResponse()

    if redoc_url is not None:

        @app.get(redoc_url, include_in_schema=False)
        async def redoc_html(request: Request) -> HTMLResponse:
            return HTMLResponse()

    return app
