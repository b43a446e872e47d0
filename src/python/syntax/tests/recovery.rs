//! Broken files: what is kept and what is said.

use expect_test::expect;

use super::check;

#[test]
fn an_unclosed_bracket_inside_a_function() {
    check(
        r#"def f():
    x = (
    y = 1

@app.get("/a"
def g(a, b:
    return {

class C(A, B:
    z = [1,
      2,
    def m(self): pass
"#,
        &expect![[r#"
            def f() locals=x,y
              x = <invalid>
              y = 1
            @<invalid>
            def g() locals=
              return <invalid>
            class C(<invalid>)
              z = <invalid>
              def m(self) locals=self
                pass
            ! 2:5 not valid Python, a bracket is not closed: `x = (`
            ! 5:1 not valid Python, a bracket is not closed: `@app.get("/a"`
            ! 6:1 not valid Python, a bracket is not closed: `def g(a, b:`
            ! 7:5 not valid Python, a bracket is not closed: `return {`
            ! 9:1 not valid Python, a bracket is not closed: `class C(A, B:`
            ! 10:5 not valid Python, a bracket is not closed: `z = [1,…`
        "#]],
    );
}

#[test]
fn broken_heads_keep_their_suites() {
    check(
        r#"if a == :
    b
elif c d:
    e
else:
    f
for in x:
    g
with open( as h:
    i
try:
    j = 1 +
except A B:
    k
while: l
class D(a b):
    def n(self, : int): pass
"#,
        &expect![[r#"
            if <invalid>
              b
            else
              if <invalid>
                e
              else
                f
            for <invalid> in <invalid>
              g
            with <invalid>
              i
            try
              j = <invalid>
            except <invalid>
              k
            pass
            class D(<invalid>)
              def n() locals=
                pass
            ! 1:1 not valid Python: `if a == :`
            ! 3:1 not valid Python: `elif c d:`
            ! 7:1 not valid Python: `for in x:`
            ! 9:1 not valid Python, a bracket is not closed: `with open( as h:`
            ! 12:5 not valid Python: `j = 1 +`
            ! 13:1 not valid Python: `except A B:`
            ! 15:1 not valid Python: `while: l`
            ! 16:1 not valid Python: `class D(a b):`
            ! 17:5 not valid Python: `def n(self, : int): pass`
        "#]],
    );
}

#[test]
fn indentation() {
    check(
        r#"def f():
    a
      b
   c
def g():
x = 1
    y = 2
z = 3
"#,
        &expect![[r#"
            def f() locals=
              a
              b
            c
            def g() locals=
            x = 1
            y = 2
            z = 3
            ! 5:9 an indented block is missing
        "#]],
    );
}

#[test]
fn stray_clauses() {
    check(
        r#"x = (1
else:
    a
except B:
    c
@d
e = f
"#,
        &expect![[r#"
            x = <invalid>
            if <invalid>
              a
            if <invalid>
              c
            pass
            e = f
            ! 1:1 not valid Python, a bracket is not closed: `x = (1`
            ! 2:1 nothing before this `else` that it belongs to
            ! 4:1 nothing before this `except` that it belongs to
        "#]],
    );
}

#[test]
fn strings_that_do_not_end() {
    check(
        r#"a = "b
c = f"{d"
e = 1
f = """g
h = 2
"#,
        &expect![[r#"
            a = <invalid>
            c = <invalid>
            e = 1
            f = <invalid>
            h = 2
            ! 1:1 not valid Python, a string is not closed: `a = "b`
            ! 2:1 not valid Python: `c = f"{d"`
            ! 4:1 not valid Python, a string is not closed: `f = """g`
        "#]],
    );
}

#[test]
fn latin_1_and_positions() {
    check(
        r#"# coding: latin-1
x = "é"; y = )
"#,
        &expect![[r#"
            x = <invalid>
            ! 2:1 not valid Python, a bracket closes that was not opened: `x = "Ã©"; y = )`
        "#]],
    );
}

#[test]
fn conflict_markers() {
    check(
        r#"def a():
<<<<<<< HEAD
    return 1
=======
    return 2
>>>>>>> other

def b(): pass
"#,
        &expect![[r#"
            def a() locals=
              pass
              return 1
              pass
              return 2
            pass
            def b() locals=
              pass
            ! 2:1 not valid Python: `<<<<<<< HEAD`
            ! 4:1 not valid Python: `=======`
            ! 6:1 not valid Python: `>>>>>>> other`
        "#]],
    );
}
