use expect_test::expect;

use super::{check, check_with};

#[test]
fn functions_bind_arguments_and_close_over_names() {
    check(
        "
def f(a, b=2, *rest, c, d=4, **others): return (a, b, rest, c, d, others)
all = f(1, 5, 6, 7, c=8, e=9)
few = f(1, c=3)
def counter():
    n = 0
    def step():
        nonlocal n
        n += 1
        return n
    return step
step = counter()
counted = [step(), step()]
late = [(lambda: i)() for i in range(3)]
from functools import partial, reduce, wraps
add = lambda x, y=0: x + y
bound = partial(add, 3)(y=4)
total = reduce(add, [1, 2, 3])
def loud(g):
    @wraps(g)
    def wrapper(*args): return g(*args).upper()
    return wrapper
@loud
def greet(name):
    '''Says hello.'''
    return 'hello ' + name
greeting = greet('you')
kept = (greet.__name__, greet.__doc__)
",
        expect![[r#"
            all = (1, 5, (6, 7), 8, 4, {'e': 9})
            few = (1, 2, (), 3, 4, {})
            counted = [1, 2]
            late = [0, 1, 2]
            bound = 7
            total = 6
            greeting = 'HELLO YOU'
            kept = ('greet', 'Says hello.')
        "#]],
    );
}

#[test]
fn text_is_formatted_as_python_formats_it() {
    check(
        r#"
version = 2
a = f"/api/v{version}/{'x':>3}|{version!r:0>3}|{1/4:.1%}|{1234567:,}"
b = "{0}-{name}-{}".format("p", name="q") if False else "{}-{name}".format("p", name="q")
c = "%s/%03d/%r" % ("a", 7, "b")
d = "/".join(["a", "b"]) + "x" * 3
e = " /users/ ".strip().strip("/").title().replace("s", "S")
f = ["a_b_c".split("_", 1), "k=v".partition("=")[::2]]
g = "UserItem".removesuffix("Item").lower().startswith(("user", "x"))
h = f"{{literal}} {version=}"
"#,
        expect![[r#"
            version = 2
            a = '/api/v2/  x|002|25.0%|1,234,567'
            b = 'p-q'
            c = "a/007/'b'"
            d = 'a/bxxx'
            e = 'USerS'
            f = [['a', 'b_c'], ('k', 'v')]
            g = True
            h = '{literal} version=2'
        "#]],
    );
}

#[test]
fn statements_run_in_order() {
    check(
        "
found = None
for i in range(10):
    if i % 2: continue
    if i > 4: break
    found = i
else:
    found = 'never'
n = 0
while n < 3: n += 1
else: n = -n
try:
    {}['x']
except KeyError as error:
    caught = type(error).__name__
else:
    caught = 'no'
finally:
    done = True
def gen():
    yield 1
    yield from [2, 3]
items = list(gen())
first, *middle, last = [1, 2, 3, 4]
squares = {x: x * x for x in range(4) if x}
if (m := max(squares.values())) > 8: big = m
from contextlib import contextmanager
@contextmanager
def resource():
    yield 'open'
with resource() as r: state = r
",
        expect![[r#"
            found = 4
            i = 6
            n = -3
            caught = 'KeyError'
            done = True
            items = [1, 2, 3]
            first = 1
            middle = [2, 3]
            last = 4
            squares = {1: 1, 2: 4, 3: 9}
            m = 9
            big = 9
            r = 'open'
            state = 'open'
        "#]],
    );
}

#[test]
fn patterns_match() {
    check(
        "
class Point:
    __match_args__ = ('x', 'y')
    def __init__(self, x, y): self.x, self.y = x, y
def kind(v):
    match v:
        case 0 | 1: return 'bit'
        case [a, *rest]: return (a, rest)
        case {'k': k, **rest}: return (k, rest)
        case Point(x=0, y=y): return y
        case Point(x, y) if x == y: return 'diagonal'
        case str() as s: return s
        case _: return 'other'
results = [kind(1), kind([1, 2, 3]), kind({'k': 1, 'z': 2}), kind(Point(0, 5)), kind(Point(2, 2)), kind('t'), kind(2.5)]
",
        expect![[r#"
            results = ['bit', (1, [2, 3]), (1, {'z': 2}), 5, 'diagonal', 't', 'other']
        "#]],
    );
}

#[test]
fn the_environment_is_what_was_given() {
    check_with(
        "
import os
from pydantic_settings import BaseSettings, SettingsConfigDict
class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix='APP_')
    debug: bool = False
    port: int = 80
    hosts: list[str] = ['a']
    name: str = 'x'
s = Settings()
values = (s.debug, s.port, s.hosts, s.name)
home = os.environ.get('APP_PORT', 'none')
absent = os.getenv('NOPE')
",
        &[
            ("APP_DEBUG", "true"),
            ("APP_PORT", "8080"),
            ("APP_HOSTS", "[\"b\", \"c\"]"),
        ],
        expect![[r#"
            s = Settings()
            values = (True, 8080, ['b', 'c'], 'x')
            home = '8080'
            absent = None
        "#]],
    );
}

#[test]
fn generators_without_an_end_are_closed() {
    check(
        "
#- main.py
from itertools import count, islice, product

def letters():
    try:
        for size in count(1):
            for row in product('abcdefgh', repeat=size):
                yield ''.join(row)
    except Exception:
        wrong = True

first = tuple(islice(letters(), 10))
after = 1
",
        expect![[r#"
            first = ('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'aa', 'ab')
            after = 1
            main.py:8: budget-exceeded: this generator gives more than 2000 values; the others were not followed
        "#]],
    );
}
