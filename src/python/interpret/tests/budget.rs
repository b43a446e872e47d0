//! Programs that ask for more than there is: each ends, says so, and keeps what stands before and behind.

use expect_test::expect;

use super::{check, check_with_budget};
use crate::python::interpret::budget::Budget;

#[test]
fn long_texts_are_not_made() {
    check(
        "
a = 'a' * 10 ** 10
b = 'next'
c = ('x' * 1000000).replace('x', 'y' * 1000)
d = ('x' * 1000).join(['y' * 1000] * 2000)
e = '\\t\\t'.expandtabs(10 ** 12)
f = '{0}{0}{0}'.format('x' * 600000)
g = [0] * 10 ** 9
h = (1, 2) * 10 ** 9
i = 3 * (1,)
j = len(range(2 ** 62, 9223372036854775807, 2 ** 61))
k = (-2 ** 62 * 2) % -1
",
        expect![[r#"
            a = ?
            b = 'next'
            c = ?
            d = ?
            e = ?
            f = ?
            g = ?
            h = ?
            i = (1, 1, 1)
            j = 2
            k = ?
            main.py:2: budget-exceeded: this makes a value longer than 1048576, which is not followed
            main.py:4: budget-exceeded: this makes a value longer than 1048576, which is not followed
            main.py:5: budget-exceeded: this makes a value longer than 1048576, which is not followed
            main.py:6: budget-exceeded: this makes a value longer than 1048576, which is not followed
            main.py:8: budget-exceeded: this makes a value longer than 1048576, which is not followed
            main.py:9: budget-exceeded: this makes a value longer than 1048576, which is not followed
        "#]],
    );
}

#[test]
fn lists_do_not_double_for_ever() {
    check(
        "
a, b, _c = [1], [1], [1]
for _ in range(100):
    a += a
for _ in range(100):
    b = b + b
for _ in range(100):
    _c.extend(_c)
d = len(_c) < 2 ** 21
e = 'next'
",
        expect![[r#"
            a = ?
            b = ?
            d = True
            e = 'next'
            main.py:4: budget-exceeded: this makes a value longer than 1048576, which is not followed
            main.py:6: budget-exceeded: this makes a value longer than 1048576, which is not followed
            main.py:7: budget-exceeded: this statement was given up, because it takes too many steps (it had come to `main.py:8:5`); what it would bind or register is not known
            main.py:8: budget-exceeded: this makes a value longer than 1048576, which is not followed
        "#]],
    );
}

#[test]
fn a_call_that_takes_too_much_is_given_up_alone() {
    check_with_budget(
        "
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)

def setup():
    seen.append('before')
    fib(60)
    seen.append('behind')

seen = []
setup()
small = fib(5)
",
        Budget::default().divided_by(100),
        expect![[r#"
            seen = ['before', 'behind']
            small = 5
            main.py:3: budget-exceeded: the call of `fib` was given up, because it takes too many steps (it had come to `main.py:3:5`); what it returns is not known
            main.py:3: budget-exceeded: the call of `fib` was given up, because it takes too many steps (it had come to `main.py:3:5`); what it returns is not known
        "#]],
    );
}

#[test]
fn a_statement_that_takes_too_much_is_given_up_alone() {
    check_with_budget(
        "
a = 'before'
b = [(x, y, z) for x in range(1000) for y in range(1000) for z in range(1000)]
c = 'behind'
",
        Budget::default().divided_by(100),
        expect![[r#"
            a = 'before'
            c = 'behind'
            main.py:3: budget-exceeded: this statement was given up, because it takes too many steps (it had come to `main.py:3:67`); what it would bind or register is not known
        "#]],
    );
}

#[test]
fn a_module_that_takes_too_much_is_given_up_alone() {
    check_with_budget(
        "
#- main.py
import heavy
import light
a = heavy.first
b = heavy.last
c = light.value
#- heavy.py
first = 'kept'
def spin():
    return [(x, y) for x in range(1000) for y in range(1000)]
x1 = spin()
x2 = spin()
x3 = spin()
x4 = spin()
x5 = spin()
x6 = spin()
x7 = spin()
x8 = spin()
last = 'lost'
#- light.py
value = 'there'
",
        Budget::default().divided_by(200),
        expect![[r#"
            a = 'kept'
            b = 'lost'
            c = 'there'
            heavy.py:4: budget-exceeded: the call of `spin` was given up, because it takes too many steps (it had come to `heavy.py:3:50`); what it returns is not known
            heavy.py:5: budget-exceeded: the call of `spin` was given up, because it takes too many steps (it had come to `heavy.py:3:50`); what it returns is not known
            heavy.py:6: budget-exceeded: the call of `spin` was given up, because it takes too many steps (it had come to `heavy.py:3:50`); what it returns is not known
            heavy.py:7: budget-exceeded: the call of `spin` was given up, because it takes too many steps (it had come to `heavy.py:3:50`); what it returns is not known
            heavy.py:8: budget-exceeded: the call of `spin` was given up, because it takes too many steps (it had come to `heavy.py:3:50`); what it returns is not known
            heavy.py:9: budget-exceeded: the call of `spin` was given up, because it takes too many steps (it had come to `heavy.py:3:50`); what it returns is not known
            heavy.py:10: budget-exceeded: the call of `spin` was given up, because it takes too many steps (it had come to `heavy.py:3:50`); what it returns is not known
            heavy.py:11: budget-exceeded: the call of `spin` was given up, because it takes too many steps (it had come to `heavy.py:3:50`); what it returns is not known
        "#]],
    );
}

#[test]
fn modules_behind_the_end_of_all_steps_are_read() {
    check_with_budget(
        "
#- main.py
import one, two, three, four
import light
a = light.value
b = 'here too'
#- one.py
x = 1
#- two.py
x = [[(x, y) for x in range(1000) for y in range(1000)] for z in range(9)]
#- three.py
x = [[(x, y) for x in range(1000) for y in range(1000)] for z in range(9)]
#- four.py
x = [[(x, y) for x in range(1000) for y in range(1000)] for z in range(9)]
y = [[(x, y) for x in range(1000) for y in range(1000)] for z in range(9)]
#- light.py
value = sum(n for n in range(100))
",
        Budget::of_steps(20_000).divided_by(2),
        expect![[r#"
            a = 4950
            b = 'here too'
            four.py:1: budget-exceeded: this statement was given up, because it takes too many steps (it had come to `four.py:1:44`); what it would bind or register is not known
            four.py:2: budget-exceeded: this module was given up, because it takes too many steps (it had come to `four.py:2:44`); what follows here is not known
            three.py:1: budget-exceeded: this statement was given up, because it takes too many steps (it had come to `three.py:1:44`); what it would bind or register is not known
            two.py:1: budget-exceeded: this statement was given up, because it takes too many steps (it had come to `two.py:1:44`); what it would bind or register is not known
        "#]],
    );
}

#[test]
fn a_loop_without_end_is_followed_to_where_it_may_end() {
    check(
        "
import lib

def expand(text):
    while True:
        further = lib.expand(text)
        if further == text:
            return further
        text = further

def first_free():
    tried = []
    while True:
        tried.append(lib.name())
        if lib.is_free(tried[-1]):
            break
    return len(tried)

def settled(text):
    while True:
        further = text.replace('aa', 'a')
        if further == text:
            return further
        text = further

a = expand('x')
b = first_free()
c = settled('aaaa')
",
        expect![[r#"
            lib = lib
            a = lib.expand
            b = 1
            c = 'a'
        "#]],
    );
}

#[test]
fn what_is_written_into_the_globals_is_bound() {
    check(
        "
#- main.py
import lazy
from lazy import conf
again = lazy.conf
count = lazy.made
globals()['a'] = 1
globals().update(b=2)
c = globals().setdefault('d', 4)
e = 'main' if globals()['__name__'] == 'main' else 'other'
#- lazy.py
made = 0
def __getattr__(name):
    global made
    made += 1
    globals()[name] = value = [name]
    return value
",
        expect![[r#"
            conf = ['conf']
            again = ['conf']
            count = 1
            a = 1
            b = 2
            d = 4
            c = 4
            e = 'main'
        "#]],
    );
}
