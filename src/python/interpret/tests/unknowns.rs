use expect_test::expect;

use super::check;

#[test]
fn both_arms_of_an_undecided_condition_are_taken() {
    check(
        "
import lib
if lib.flag:
    a = 1
    seen = ['then']
else:
    a = 2
    seen = ['else']
b = 'x' if lib.flag else 'y'
def f():
    if lib.flag: return 'early'
    return 'late'
c = f()
def g():
    if lib.flag: raise ValueError('no')
    return 'kept'
d = g()
",
        expect![[r#"
            lib = lib
            a = 1 or 2
            seen = ['then'] or ['else']
            b = 'x' or 'y'
            c = 'early' or 'late'
            d = 'kept'
        "#]],
    );
}

#[test]
fn text_keeps_its_known_parts() {
    check(
        "
import lib
prefix = f'/api/{lib.version}'
path = prefix + '/users'
cut = path.rstrip('/').lower()
starts = path.startswith('/api')
known = bool(path)
",
        expect![[r#"
            lib = lib
            prefix = /api/<lib.version>
            path = /api/<lib.version>/users
            cut = /api/<lib.version>/users
            starts = True
            known = True
        "#]],
    );
}

#[test]
fn libraries_without_source_are_followed_by_name() {
    check(
        "
from redis.asyncio import Redis
client = Redis.from_url('redis://x')
value = client.get('k')
@client.decorator('x')
def handler(): return 1
result = handler()
for item in client.scan(): last = item
class Model(Redis):
    size = 3
made = Model().size
inherited = Model().connection
",
        expect![[r#"
            Redis = redis.asyncio.Redis
            client = redis.asyncio.Redis.from_url
            value = redis.asyncio.Redis.from_url.get
            result = 1
            item = redis.asyncio.Redis.from_url.scan[]
            last = redis.asyncio.Redis.from_url.scan[]
            made = 3
            inherited = redis.asyncio.Redis.connection
        "#]],
    );
}

#[test]
fn endless_programs_end() {
    check(
        "
def f(n): return f(n + 1)
a = f(0)
i = 0
while True: i += 1
b = 'next'
s = 'a'
for _ in range(40): s = s + s
c = 'done'
",
        expect![[r#"
            a = ?
            i = 20000
            b = 'next'
            s = ?
            c = 'done'
            main.py:2: budget-exceeded: calls nest more than 180 deep at `f`
            main.py:5: budget-exceeded: this loop did not end after 20000 rounds
            main.py:8: budget-exceeded: this makes a value longer than 1048576, which is not followed
        "#]],
    );
}

#[test]
fn what_grows_in_each_round_stays_small() {
    check(
        "
#- main.py
import somewhere

def grow():
    words = somewhere.text
    nested = somewhere.start
    for index in range(60):
        words = f'{words}{words}'
        nested = [nested, nested, str(nested)]
    return len(str(nested)) < 200000

def pick(rows):
    for row in rows:
        if row.fits:
            return row.name
    for index in range(30):
        if somewhere.fits(index):
            return index

small = grow()
picked = pick(somewhere.rows())
",
        expect![[r#"
            somewhere = somewhere
            small = True
            picked = ?
        "#]],
    );
}

#[test]
fn what_was_extended_by_something_unknown_may_be_empty() {
    check(
        "
import lib
names = []
names.extend(lib.names())
has_names = bool(names)
how_many = len(names)
def checked():
    if names: raise ValueError('some are there')
    return 'kept'
kept = checked()
more = names + ['last']
has_more = bool(more)
found = 'last' in more, 'other' in more
kinds = {name for name in lib.names() if name}
no_kinds = not kinds
chosen = [n for n in (1, 2) if lib.flag]
has_chosen = bool(chosen)
options = dict(a=1)
options.update(lib.options())
given = options['a'], options.get('b', 'default')
has_b = 'b' in options
taken = {1, *lib.names()}
has_one = bool(taken)
taken.pop()
has_one_still = bool(taken)
equal = options == None, more == ['last']
names.clear()
emptied = bool(names), len(names)
",
        expect![[r#"
            lib = lib
            names = []
            has_names = ?
            how_many = ?
            kept = 'kept'
            more = [lib.names[], 'last']
            has_more = True
            found = (True, ?)
            kinds = {lib.names[]}
            no_kinds = ?
            chosen = [1, 2]
            has_chosen = ?
            options = {'a': 1}
            given = (1, 'default')
            has_b = ?
            taken = {1}
            has_one = True
            has_one_still = ?
            equal = (False, ?)
            emptied = (False, 0)
        "#]],
    );
}
