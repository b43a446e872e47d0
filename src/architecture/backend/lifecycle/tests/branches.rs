//! Conditions and loops.

use expect_test::expect;

use super::check;

const HEAD: &str = "
from fastapi import FastAPI, HTTPException
from redis.asyncio import Redis
app = FastAPI()
redis = Redis.from_url('redis://x')
";

#[test]
fn a_guard_is_one_arm_and_what_follows_stands_behind_it() {
    check(
        &format!(
            "{HEAD}
@app.get('/x')
async def x(key: str):
    value = await redis.get(key)
    if value is None:
        raise HTTPException(404, 'none')
    await redis.expire(key, 5)
"
        ),
        expect![[r#"
            GET /x
              Cache: get(key) at 9
              [value is None]
                raise HTTPException 404 "none" at 11
              Cache: expire(key, 5) at 12
        "#]],
    );
}

#[test]
fn what_an_early_return_skips_stands_under_its_opposite() {
    check(
        &format!(
            "{HEAD}
@app.get('/x')
async def x(key: str, fresh: bool):
    if cached := await redis.get(key):
        return cached
    if not fresh:
        return None
    await redis.set(key, 'v')
    if fresh:
        await redis.delete('a')
        return 1
    await redis.delete('b')
"
        ),
        expect![[r#"
            GET /x
              Cache: get(key) at 9
              [(cached := await redis.get(key)) or not fresh]
              [else]
                Cache: set(key, 'v') at 13
                [fresh]
                  Cache: delete('a') at 15
                [else]
                  Cache: delete('b') at 17
        "#]],
    );
}

#[test]
fn arms_that_do_nothing_or_the_same_are_left_out() {
    check(
        &format!(
            "{HEAD}
@app.get('/x')
async def x(a: int, b: int):
    if a > 1:
        c = 1
    else:
        c = 2
    d = 'small' if b < 3 else 'large'
    if a:
        pass
    elif b:
        await redis.get('b')
    await redis.get(d)
    return a and await redis.get('and') or await redis.get('or')
"
        ),
        expect![[r#"
            GET /x
              [a]
              [else]
                [b]
                  Cache: get('b') at 17
              Cache: get(d) at 18
              [a]
                Cache: get('and') at 19
              [not (a and await redis.get('and'))]
                Cache: get('or') at 19
        "#]],
    );
}

#[test]
fn loops_over_known_items_are_told_once_if_they_do_the_same() {
    check(
        &format!(
            "{HEAD}
@app.get('/x')
async def x(names: list[str]):
    for key in ['a', 'b', 'c']:
        if not names:
            continue
        await redis.delete(key)
    for name in names:
        await redis.get(name)
    return [await redis.ttl(name) for name in names if name]
"
        ),
        expect![[r#"
            GET /x
              each [for key in ['a', 'b', 'c']]
                [not names]
                [else]
                  Cache: delete(key) at 12
              each [for name in names]
                Cache: get(name) at 14
              each [for name in names]
                Cache: ttl(name) at 15
        "#]],
    );
}

#[test]
fn recursion_and_endless_loops_end() {
    check(
        &format!(
            "{HEAD}
async def walk(node: int):
    await redis.get('node')
    await walk(node - 1)

@app.get('/x')
async def x():
    await walk(3)
    while True:
        await redis.blpop('queue')
"
        ),
        expect![[r#"
            GET /x
              await main:walk at 13
                Cache: get('node') at 8
                main:walk at 9
                  Cache: get('node') at 8
              each [while True]
                Cache: blpop('queue') at 15
        "#]],
    );
}

#[test]
fn a_function_that_takes_too_long_is_said_to_be_incomplete_and_others_are_not() {
    check(
        &format!(
            "{HEAD}
@app.get('/long')
async def long():
    await redis.get('first')
    for a in range(150):
        for b in range(150):
            for c in range(150):
                d = a + b + c
    await redis.get('last')

@app.get('/short')
async def short():
    await redis.get('short')
"
        ),
        expect![[r#"
            GET /long
              Cache: get('first') at 9
            GET /short
              Cache: get('short') at 18
            8: what `main:long` does was followed for 200000 steps only
        "#]],
    );
}

#[test]
fn objects_of_which_only_the_class_is_known_may_be_equal_or_not() {
    check(
        &format!(
            "{HEAD}
from pathlib import Path
from pydantic import BaseModel
class User(BaseModel):
    name: str

@app.get('/x')
async def x(a: User, b: User, name: str):
    if a == b or a is b:
        await redis.get('same user')
    if Path(name).parent != Path(name):
        raise HTTPException(400, 'outside')
    if Path('a') != Path('a'):
        raise HTTPException(400, 'never')
    await redis.get('end')
"
        ),
        expect![[r#"
            GET /x
              [a == b or a is b]
                Cache: get('same user') at 15
              [Path(name).parent != Path(name)]
                raise HTTPException 400 "outside" at 17
              Cache: get('end') at 20
        "#]],
    );
}
