import json
from uuid import uuid4

PASSWORD = "correct horse battery"


def sign_up(client, email=None):
    email = email or f"{uuid4().hex}@example.org"
    body = {"email": email, "display_name": "Ada", "password": PASSWORD}
    assert client.post("/api/v1/users", json=body).status_code == 201
    answer = client.post("/api/v1/auth/token", data={"username": email, "password": PASSWORD})
    assert answer.status_code == 200
    return answer.json()


def bearer(tokens):
    return {"authorization": f"Bearer {tokens['access_token']}"}


def test_every_answer_has_the_request_id(client):
    answer = client.get("/healthz", headers={"x-request-id": "abc"})
    assert answer.headers["x-request-id"] == "abc"


def test_metrics_count_by_handler(client):
    client.get(f"/api/v1/scenes/{uuid4()}", headers=bearer(sign_up(client)))
    assert 'handler="read_scene",status="404"' in client.get("/metrics").text


def test_a_refresh_token_works_once(client):
    body = {"refresh_token": sign_up(client)["refresh_token"]}
    assert client.post("/api/v1/auth/refresh", json=body).status_code == 200
    assert client.post("/api/v1/auth/refresh", json=body).status_code == 401


def test_sign_in_is_limited(client):
    form = {"username": "nobody@example.org", "password": "wrong"}
    statuses = [client.post("/api/v1/auth/token", data=form).status_code for _ in range(6)]
    assert statuses == [401] * 5 + [429]


def test_a_token_without_the_scope_is_refused(client):
    tokens = sign_up(client)
    assert client.get("/api/v1/admin/users", headers=bearer(tokens)).status_code == 403


def test_a_private_scene_does_not_exist_for_others(client):
    owner, other = sign_up(client), sign_up(client)
    scene = client.post("/api/v1/scenes", json={"title": "Sol"}, headers=bearer(owner)).json()
    path = f"/api/v1/scenes/{scene['id']}"
    assert client.get(path, headers=bearer(owner)).status_code == 200
    assert client.get(path, headers=bearer(other)).status_code == 404


def test_a_stale_revision_is_a_conflict(client):
    headers = bearer(sign_up(client))
    scene = client.post("/api/v1/scenes", json={"title": "Sol"}, headers=headers).json()
    path = f"/api/v1/scenes/{scene['id']}"
    change = {"title": "Sol II", "revision": scene["revision"]}
    assert client.patch(path, json=change, headers=headers).status_code == 200
    assert client.patch(path, json=change, headers=headers).status_code == 409


def test_a_new_node_is_told_to_the_room_and_exported(client, redis):
    headers = bearer(sign_up(client))
    scene = client.post("/api/v1/scenes", json={"title": "Sol"}, headers=headers).json()
    path = f"/api/v1/scenes/{scene['id']}"
    client.post(f"{path}/nodes", json={"name": "Earth", "kind": "body"}, headers=headers)
    assert redis.published == [(f"scene:{scene['id']}", '{"type":"scene.changed","revision":2}')]
    lines = client.get(f"{path}/export", headers=headers).text.splitlines()
    assert [json.loads(line).get("name") for line in lines] == [None, "Earth"]


def test_the_room_relays_what_a_member_says(client, redis):
    tokens = sign_up(client)
    scene = client.post("/api/v1/scenes", json={"title": "Sol"}, headers=bearer(tokens)).json()
    address = f"/ws/scenes/{scene['id']}?token={tokens['access_token']}"
    with client.websocket_connect(address) as room:
        room.send_json({"type": "cursor.moved", "position": [1, 2, 3]})
        room.send_text("not a message")
        assert room.receive()["code"] == 1003
    kinds = [json.loads(text)["type"] for _, text in redis.published]
    assert kinds == ["presence", "relayed", "presence"]


def test_an_upload_comes_back_as_it_was(client):
    headers = bearer(sign_up(client))
    file = ("body.gltf", b'{"asset": {"version": "2.0"}}', "model/gltf+json")
    asset = client.post("/api/v1/assets", files={"file": file}, headers=headers).json()
    answer = client.get(f"/api/v1/assets/{asset['id']}/content", headers=headers)
    assert (answer.content, answer.headers["content-type"]) == (file[1], file[2])


def test_only_models_and_textures_are_taken(client):
    headers = bearer(sign_up(client))
    file = ("a.txt", b"text", "text/plain")
    answer = client.post("/api/v1/assets", files={"file": file}, headers=headers)
    assert (answer.status_code, answer.json()["detail"]) == (415, "cannot show files of type text/plain")
