//! Containers that fill in what a handler asks for.

use expect_test::expect;

use crate::architecture::fixture::check;

#[test]
fn dishka_removes_what_it_injects() {
    check(
        r#"
#- /main.py
from typing import Annotated
from dishka import FromComponent, FromDishka, Provider, Scope, make_async_container, provide
from dishka.integrations.fastapi import DishkaRoute, FastapiProvider, inject, setup_dishka
from fastapi import APIRouter, FastAPI, Request
from services import Service

class Services(Provider):
    scope = Scope.REQUEST
    service = provide(Service)

plain = APIRouter(prefix="/plain")
routed = APIRouter(prefix="/routed", route_class=DishkaRoute)

@plain.get("/async/{id}")
@inject
async def async_handler(id: int, service: FromDishka[Service], q: str = "") -> str:
    """Reads."""

@plain.get("/sync/{id}")
@inject
def sync_handler(id: int, service: FromDishka[Service]): ...

@plain.get("/none")
@inject
async def nothing(request: Request): ...

@routed.post("/")
async def by_route(service: Annotated[Service, FromComponent("x")], name: str): ...

app = FastAPI()
app.include_router(plain)
app.include_router(routed)
setup_dishka(make_async_container(Services(), FastapiProvider()), app)
#- /services.py
class Service:
    def __init__(self): ...
"#,
        expect![[r#"
            middleware ContainerMiddleware
            GET /plain/async/{id} -> main:async_handler; path id; query q?; 200 str; 422
            GET /plain/sync/{id} -> main:sync_handler; path id; needs dishka_depends; 200; 422
            GET /plain/none -> main:nothing; 200
            POST /routed/ -> main:by_route; query name; 200; 422
        "#]],
    );
}

#[test]
fn dependency_injector() {
    check(
        r#"
#- /main.py
from typing import Annotated
from dependency_injector import containers, providers
from dependency_injector.wiring import Provide, inject
from fastapi import Depends, FastAPI

class Repository:
    def __init__(self, url): ...

class Service:
    def __init__(self, repository): ...

class Container(containers.DeclarativeContainer):
    wiring_config = containers.WiringConfiguration(modules=["main"])
    config = providers.Configuration()
    prefix = providers.Object("/api")
    repository = providers.Singleton(Repository, config.url)
    service = providers.Factory(Service, repository=repository)

container = Container()
container.config.url.from_env("DATABASE_URL", "sqlite://")
container.config.path.from_env("API_PATH", "/v1")
app = FastAPI()
app.container = container

@app.get(container.prefix() + container.config.path() + "/a")
@inject
async def a(q: str, service: Service = Depends(Provide[Container.service])): ...

@app.get("/b")
@inject
def b(service: Annotated[Service, Depends(Provide[Container.service])], n: int = 1): ...
"#,
        expect![[r#"
            GET /api/v1/a -> main:a; query q; needs Provide; 200; 422
            GET /b -> main:b; query n?; needs Provide; 200; 422
        "#]],
    );
}

#[test]
fn other_containers() {
    check(
        r#"
#- /main.py
from typing import Annotated
import punq
import svcs
from fastapi import APIRouter, Depends, FastAPI
from fastapi_injector import Injected, InjectorMiddleware, attach_injector
from injector import Injector
from that_depends import BaseContainer, Provide, inject, providers
from that_depends.integrations.fastapi import create_fastapi_route_class

class Service: ...

class Container(BaseContainer):
    service = providers.Factory(Service)

@svcs.fastapi.lifespan
async def lifespan(app: FastAPI, registry: svcs.Registry):
    registry.register_factory(Service, Service)
    yield

app = FastAPI(lifespan=lifespan)
injector = Injector()
app.add_middleware(InjectorMiddleware, injector=injector)
attach_injector(app, injector)
container = punq.Container()
container.register(Service)

@app.get("/injector")
def with_injector(q: str, service: Service = Injected(Service)): ...

@app.get("/depends")
async def with_provider(service: Annotated[Service, Depends(Container.service)]): ...

routed = APIRouter(route_class=create_fastapi_route_class())

@routed.get("/routed")
async def with_route(service: Service = Container.service): ...

app.include_router(routed)

@app.get("/svcs")
async def with_svcs(services: svcs.fastapi.DepContainer): ...

@app.get("/punq")
def with_punq(service: Service = Depends(lambda: container.resolve(Service))): ...
"#,
        expect![[r#"
            middleware InjectorMiddleware
            GET /injector -> main:with_injector; query q; needs inject_into_route; 200; 422
            GET /depends -> main:with_provider; needs Factory; 200
            GET /routed -> main:with_route; needs Factory; 200
            GET /svcs -> main:with_svcs; needs container~; 200
            GET /punq -> main:with_punq; needs <lambda>; 200
        "#]],
    );
}

#[test]
fn wireup_keeps_its_dependencies() {
    check(
        r#"
#- /main.py
from typing import Annotated
import wireup
import wireup.integration.fastapi
from fastapi import APIRouter, FastAPI
from wireup import Inject, Injected
from wireup.integration.fastapi import WireupRoute

@wireup.injectable
class Service: ...

router = APIRouter(route_class=WireupRoute)

@router.get("/hidden")
def hidden(service: Injected[Service], q: str): ...

app = FastAPI()
app.include_router(router)

@app.get("/shown")
async def shown(q: int, service: Injected[Service], env: Annotated[str, Inject(config="env")]): ...

wireup.integration.fastapi.setup(wireup.create_async_container(injectables=[Service], config={"env": "x"}), app)
"#,
        expect![[r#"
            GET /hidden -> main:hidden; query q; 200; 422
            GET /shown -> main:shown; query q; needs wireup_inject, wireup_inject; 200; 422
        "#]],
    );
}
