use expect_test::expect;

use super::check;

#[test]
fn names_travel_between_modules() {
    check(
        "
#- pkg/__init__.py
from .a import *
from . import b as renamed
__version__ = '1'
#- pkg/a.py
__all__ = ['shown']
shown, hidden = 'shown', 'hidden'
#- pkg/b.py
from ..pkg.a import hidden as value
from .sub.deep import depth
#- pkg/sub/deep.py
depth = __name__
#- main.py
import pkg
import pkg.sub.deep as deep
from pkg import shown, renamed
from importlib import import_module
values = (pkg.shown, renamed.value, renamed.depth, hasattr(pkg, 'hidden'), deep.depth)
dynamic = import_module('.b', 'pkg').value
",
        expect![[r#"
            shown = 'shown'
            values = ('shown', 'hidden', 'pkg.sub.deep', False, 'pkg.sub.deep')
            dynamic = 'hidden'
        "#]],
    );
}

#[test]
fn an_import_that_fails_is_caught() {
    check(
        "
#- pkg/__init__.py
#- main.py
try:
    from pkg.missing import thing
except ImportError:
    thing = 'fallback'
try:
    import third_party
    installed = True
except ImportError:
    installed = False
",
        expect![[r#"
            thing = pkg.missing.thing
            third_party = third_party
            installed = True
        "#]],
    );
}

#[test]
fn cycles_and_missing_names_are_findings() {
    check(
        "
#- a.py
from b import late
early = 1
#- b.py
from a import early
late = 2
#- main.py
import a
from a import nothing
early = a.early
",
        expect![[r#"
            nothing = a.nothing
            early = 1
            b.py:1: unresolved-import: `early` is imported from `a`, which is still being imported (an import cycle)
            main.py:3: unresolved-import: `a` has no name `nothing`
        "#]],
    );
}

#[test]
fn a_module_that_raises_keeps_the_rest() {
    check(
        "
before = 1
raise RuntimeError('set SECRET')
after = 2
",
        expect![[r#"
            before = 1
            after = 2
            main.py:3: raised-at-import: importing this module raises `RuntimeError: set SECRET`; the rest of it was analysed all the same
        "#]],
    );
}

#[test]
fn files_are_found_by_pattern() {
    check(
        "
#- api/users.py
a = 1
#- api/deep/scenes.py
b = 1
#- api/notes.txt
nothing
#- main.py
import glob, os
from pathlib import Path
here = Path(__file__).parent
direct = [path.stem for path in (here / 'api').glob('*.py')]
deep = [path.name for path in here.glob('api/**/*.py')]
every = sorted(path.name for path in here.rglob('*.txt'))
named = glob.glob('api/u*.py')
walked = [(os.path.basename(top), folders, files) for top, folders, files in os.walk(str(here / 'api'))]
",
        expect![[r#"
            here = Path()
            direct = ['users']
            deep = ['users.py', 'scenes.py']
            every = ['notes.txt']
            named = ['api/users.py']
            walked = [('api', ['deep'], ['notes.txt', 'users.py']), ('deep', [], ['scenes.py'])]
        "#]],
    );
}

#[test]
fn packages_say_where_their_modules_are() {
    check(
        "
#- app/api/__init__.py
#- app/api/users.py
router = 'users'
#- app/api/scenes.py
router = 'scenes'
#- main.py
import importlib, os, pkgutil
import app.api
modules = [module.name for module in pkgutil.iter_modules(app.api.__path__)]

def controllers(package_name):
    package = importlib.import_module(package_name)
    for name in os.listdir(package.__path__[0]):
        if not name.startswith('_') and name.endswith('.py'):
            yield importlib.import_module(f'{package_name}.{name[:-3]}').router

routers = list(controllers('app.api'))
",
        expect![[r#"
            modules = ['scenes', 'users']
            routers = ['scenes', 'users']
        "#]],
    );
}
