//! Libraries whose dependencies check tokens.

use expect_test::expect;

use crate::architecture::fixture::check;

#[test]
fn login_manager() {
    check(
        r#"
#- /main.py
from fastapi import Depends, FastAPI, Security
from fastapi.security import OAuth2PasswordRequestForm
from fastapi_login import LoginManager

manager = LoginManager("secret" * 8, token_url="/auth/token", scopes={"write": "may write"})

@manager.user_loader()
def load_user(email: str): ...

app = FastAPI()

@app.post("/auth/token")
def login(data: OAuth2PasswordRequestForm = Depends()): ...

@app.get("/me")
def me(user=Depends(manager)): ...

@app.get("/write")
def write(user=Security(manager, scopes=["write"])): ...

@app.get("/maybe")
def maybe(user=Depends(manager.optional)): ...
"#,
        expect![[r#"
            POST /auth/token -> main:login; body application/x-www-form-urlencoded grant_type, username, password, scope, client_id, client_secret; needs OAuth2PasswordRequestForm; 200; 422
            GET /me -> main:me; security LoginManager(); needs LoginManager; 200
            GET /write -> main:write; security LoginManager(write); needs LoginManager; 200
            GET /maybe -> main:maybe; needs optional; 200
        "#]],
    );
}

#[test]
fn authx() {
    check(
        r#"
#- env JWT_HEADER_TYPE=Bearer
#- /main.py
from authx import AuthX, AuthXConfig
from fastapi import Depends, FastAPI

config = AuthXConfig(JWT_SECRET_KEY="secret" * 8, JWT_TOKEN_LOCATION=["headers", "cookies"])
auth = AuthX(config=config)
app = FastAPI()

@app.get("/protected", dependencies=[Depends(auth.access_token_required)])
def protected(): ...

@app.post("/refresh")
def refresh(payload=auth.REFRESH_REQUIRED): ...

@app.get("/admin")
def admin(payload=Depends(auth.scopes_required("admin", locations=["query"]))): ...
"#,
        expect![[r#"
            GET /protected -> main:protected; security AuthXBearer(); security AuthXAccessCookie(); needs _auth_required(HTTPBearer, APIKeyCookie, _noop_openapi_security); 200
            POST /refresh -> main:refresh; security AuthXBearer(); security AuthXRefreshCookie(); needs _auth_required(HTTPBearer, APIKeyCookie, _noop_openapi_security); 200
            GET /admin -> main:admin; security AuthXQuery(); needs _auth_required(_noop_openapi_security, _noop_openapi_security=, APIKeyQuery); 200
        "#]],
    );
}

#[test]
fn jwt_without_a_scheme() {
    check(
        r#"
#- /main.py
from fastapi import Depends, FastAPI
from fastapi_jwt_auth import AuthJWT

app = FastAPI()

@AuthJWT.load_config
def settings():
    return [("authjwt_secret_key", "secret")]

@app.get("/me")
def me(authorize: AuthJWT = Depends()):
    authorize.jwt_required()
    return authorize.get_jwt_subject()
"#,
        expect![[r#"
            GET /me -> main:me; needs AuthJWT; 200
        "#]],
    );
}

#[test]
fn forged_requests() {
    check(
        r#"
#- /main.py
from fastapi import Depends, FastAPI, Request
from fastapi_csrf_protect import CsrfProtect

app = FastAPI()

@app.post("/pay")
async def pay(request: Request, csrf: CsrfProtect = Depends()):
    await csrf.validate_csrf(request)
"#,
        expect![[r#"
            POST /pay -> main:pay; needs CsrfProtect; 200
        "#]],
    );
}
