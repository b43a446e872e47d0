//! Each construct of the language against its dump.

use expect_test::expect;

use super::check;

#[test]
fn functions() {
    check(
        r#"@app.get("/items/{id}", tags=["a"])
@cache
async def read(id: int, /, q: str | None = None, *args: int, limit: Annotated[int, Query()] = 10, **rest) -> list[Item]:
    """Read it."""
    global counter
    counter = 1
    a, *b = id, q
    with open(q) as f, lock:
        import x.y, z as w
    for c.d in b:
        pass
    except_ = [e for e in b if (g := e)]
    def inner():
        h = 1
        yield h
    class K: k = 1
    del m
    return (yield a)
"#,
        &expect![[r#"
            @(call app.get "/items/{id}" tags=(list "a"))
            @cache
            async def read(id/:int q:(BitOr str None)=None *args:int limit!:Annotated[(tuple int (call Query))]=10 **rest) -> list[Item] generator locals=id,q,args,limit,rest,a,b,f,x,w,except_,g,inner,K,m
              "Read it."
              global counter
              counter = 1
              (tuple a *b) = (tuple id q)
              with ((call open q) as f) lock
                import x.y z as w
              for c.d in b
                pass
              except_ = (listcomp e (for e b if (g := e)))
              def inner() generator locals=h
                h = 1
                (yield h)
              class K()
                k = 1
              del m
              return (yield a)
        "#]],
    );
}

#[test]
fn classes() {
    check(
        r#"class A[T: int, *Ts, **P](B, Generic[T], metaclass=M, **kw):
    """Doc
    two."""
    x: int
    y: str = "a"
    (z): int = 3
    def f(self): ...
"#,
        &expect![[r#"
            class A[T:int *Ts **P](B Generic[T] metaclass=M **kw)
              "Doc\n    two."
              x: int
              y: str = "a"
              z: int = 3
              def f(self) locals=self
                ...
        "#]],
    );
}

#[test]
fn type_parameters_with_defaults() {
    check(
        r#"class Box[T = int, *Ts = *tuple[int, ...], **P = [str]]: pass
type Pair[T: int | str = int] = tuple[T, T]
def f[T](x: T) -> T: ...
"#,
        &expect![[r#"
            class Box[T=int *Ts=*tuple[(tuple int ...)] **P=(list str)]()
              pass
            type Pair[T:(BitOr int str)=int] = tuple[(tuple T T)]
            def f[T](x:T) -> T locals=x
              ...
        "#]],
    );
}

#[test]
fn type_is_a_name_too() {
    check(
        r#"type = type(x)
type(x).y = 1
type[0].a = 2
type X = list[int] | None
print(type)
def match(case, _): return match.type[case]
match(1, 2)
match [a, b]:
    case _: pass
"#,
        &expect![[r#"
            type = (call type x)
            (call type x).y = 1
            type[0].a = 2
            type X = (BitOr list[int] None)
            (call print type)
            def match(case _) locals=case,_
              return match.type[case]
            (call match 1 2)
            match (list a b)
              case _
                pass
        "#]],
    );
}

#[test]
fn control_flow() {
    check(
        r#"if a: b
elif c:
    d
elif e: f
else:
    g
while x: break
else: continue
async for i, j in k: pass
else: l
try:
    m
except (A, B) as n: o
except C, D: p
except: raise
else: q
finally: r
try: s
except* E: raise X from None
assert t, "u"
"#,
        &expect![[r#"
            if a
              b
            else
              if c
                d
              else
                if e
                  f
                else
                  g
            while x
              break
            else
              continue
            async-for (tuple i j) in k
              pass
            else
              l
            try
              m
            except (tuple A B) as n
              o
            except (tuple C D)
              p
            except
              raise
            else
              q
            finally
              r
            try
              s
            except* E
              raise X from None
            assert t "u"
        "#]],
    );
}

#[test]
fn with_items() {
    check(
        r#"with (open(a) as f, b as (c, d),): pass
with (a, b): pass
with (a, b) as c: pass
with (yield): pass
async with a if b else c as d: pass
"#,
        &expect![[r#"
            with ((call open a) as f) (b as (tuple c d))
              pass
            with a b
              pass
            with ((tuple a b) as c)
              pass
            with (yield)
              pass
            async-with ((if b a c) as d)
              pass
        "#]],
    );
}

#[test]
fn match_patterns() {
    check(
        r#"match a, b:
    case 1 | -2 | 3.5 | -1 + 2j | "s" "t" | None | True: x
    case [c, *_, (d)] if d: x
    case (e, *f): x
    case {"k": 1, m.n: [g], **rest}: x
    case {}: x
    case P(1, h, x=[i], y=2 as j) as k: x
    case q.r.S(): x
    case (1 | 2) as n: x
    case a, : x
    case *s, t: x
    case _: x
"#,
        &expect![[r#"
            match (tuple a b)
              case (or 1 (Neg 2) 3.5 (Add (Neg 1) 2.0j) "st" None True)
                x
              case (seq →c *_ →d) if d
                x
              case (seq →e *f)
                x
              case (map "k":1 m.n:(seq →g) **rest)
                x
              case (map)
                x
              case ((class P 1 →h x=(seq →i) y=(2 as j)) as k)
                x
              case (class q.r.S)
                x
              case ((or 1 2) as n)
                x
              case (seq →a)
                x
              case (seq *s →t)
                x
              case _
                x
        "#]],
    );
}

#[test]
fn operators() {
    check(
        r#"a + b * c - -d ** -e
a & b ^ c & d | e
a < b <= c != d is not e not in f
a and b and (c and d) or e or not f
x if y else z if w else v
await a ** b
lambda: (yield)
lambda x, *y, z=1, **w: x
(n := a if b else c)
a @ b // c % d << e >> f
~a.b[c](d).e
"#,
        &expect![[r#"
            (Sub (Add a (Mult b c)) (Neg (Pow d (Neg e))))
            (BitOr (BitXor (BitAnd a b) (BitAnd c d)) e)
            (compare a Lt b LtE c NotEq d IsNot e NotIn f)
            (Or (And a b (And c d)) e (Not f))
            (if y x (if w z v))
            (Pow (await a) b)
            (lambda () (yield))
            (lambda (x *y z!=1 **w) x)
            (n := (if b a c))
            (RShift (LShift (Mod (FloorDiv (MatMult a b) c) d) e) f)
            (Invert (call a.b[c] d).e)
        "#]],
    );
}

#[test]
fn displays() {
    check(
        r#"[], (), {}, [a], (a,), {a}, {a: b, **c}, (a), *b
[*a, b], {*a}
[a for b in c if d if e for f in g]
{a async for b in c}
{a: b for c, d in e}
f(a for b in c)
"#,
        &expect![[r#"
            (tuple (list) (tuple) (dict ) (list a) (tuple a) (set a) (dict a:b **c) a *b)
            (tuple (list *a b) (set *a))
            (listcomp a (for b c if d if e) (for f g))
            (setcomp a (async-for b c))
            (dictcomp a:b (for (tuple c d) e))
            (call f (generator a (for b c)))
        "#]],
    );
}

#[test]
fn calls_and_subscripts() {
    check(
        r#"f(a, *b, c=d, **e)
f(*a if b else c, (yield))
a[b], a[b, c], a[b,], a[*b], a[::], a[1:2:3, ...], a[:]
x: Select[*tuple[int, ...]]
x: dict[str, int] | list[int] | None
"#,
        &expect![[r#"
            (call f a *b c=d **e)
            (call f *(if b a c) (yield))
            (tuple a[b] a[(tuple b c)] a[(tuple b)] a[(tuple *b)] a[(slice - - -)] a[(tuple (slice 1 2 3) ...)] a[(slice - - -)])
            x: Select[(tuple *tuple[(tuple int ...)])]
            x: (BitOr (BitOr dict[(tuple str int)] list[int]) None)
        "#]],
    );
}

#[test]
fn assignments() {
    check(
        r#"a = b = c
a, b = (c, d) = e
[a, *b] = c
(a) = b
a.b[c] += d
a //= b
x: Foo[1:2] = y
del a, (b, c), d[0]
a = yield
a = yield from b
"#,
        &expect![[r#"
            a b = c
            (tuple a b) (tuple c d) = e
            (list a *b) = c
            a = b
            a.b[c] Add= d
            a FloorDiv= b
            x: Foo[(slice 1 2 -)] = y
            del a (tuple b c) d[0]
            a = (yield)
            a = (yield-from b)
        "#]],
    );
}

#[test]
fn imports() {
    check(
        r#"import a, b.c as d
from . import e
from ...f.g import (h, i as j,)
from k import *
from __future__ import annotations
from . import (  # why
    l,
)
"#,
        &expect![[r#"
            import a b.c as d
            from . import e
            from ...f.g import h i as j
            from k import *
            from __future__ import annotations
            from . import l
        "#]],
    );
}

#[test]
fn strings() {
    check(
        r#""a\n\x41\u00e9\101\q\\" 'b' """c
d"""
r"\n" R'\'' u"e" "" 
b"\x00\n\q" Rb"\n"
"line \
continued"
"\N{DASH}."
r'\\'
"#,
        &expect![[r#"
            "a\nAéA\\q\\bc\nd"
            "\\n\\'e"
            b"\x00\n\\q\\n"
            "line continued"
            "�."
            "\\\\"
        "#]],
    );
}

#[test]
fn f_strings() {
    check(
        r#"f"a{b}{{c}}{d!r:>{w}.2f}{e=}{ f + 1 = :x}"
f"{a["b"]} {f"{c}"}" "d{e}" rf"\n{x}"
f"{x:%Y-%m}{{}}" f""
t"{name}!"
f"{lambda_ if x else (lambda: 1)}{a, b}{*c,}{yield_}"
"#,
        &expect![[r#"
            (f "a" {b} "{c}" {d!r:">" {w} ".2f"} {e!r debug "e="} {(Add f 1):"x" debug " f + 1 = "})
            (f {a["b"]} " " {(f {c})} "d{e}\\n" {x})
            (f {x:"%Y-%m"} "{}")
            (f {name} "!")
            (f {(if x lambda_ (lambda () 1))} {(tuple a b)} {(tuple *c)} {yield_})
        "#]],
    );
}

#[test]
fn numbers() {
    check(
        r#"0, 1_000, 0xFF, 0o17, 0B1, 1e3, 1_0.5, .5, 5., 3j, 123456789012345678901234567890, 1.5E-3J
None, True, False, ...
"#,
        &expect![[r#"
            (tuple 0 1000 255 15 1 1000.0 10.5 0.5 5.0 3.0j 123456789012345678901234567890n 0.0015j)
            (tuple None True False ...)
        "#]],
    );
}

#[test]
fn python_2() {
    check(
        r#"print "a", b
print(a)
print
print >>f, x
exec "code"
"#,
        &expect![[r#"
            (call print)
            (call print a)
            print
            (tuple (RShift print f) x)
            (call exec)
            ! 1:1 a statement of Python 2: parentheses are missing
            ! 5:1 a statement of Python 2: parentheses are missing
        "#]],
    );
}
