use expect_test::expect;

use super::check;

#[test]
fn methods_resolve_along_the_mro() {
    check(
        "
class A:
    def who(self): return 'A'
class B(A):
    def who(self): return 'B' + super().who()
class C(A):
    def who(self): return 'C' + super().who()
class D(B, C):
    def who(self): return 'D' + super().who()
order = [c.__name__ for c in D.__mro__]
who = D().who()
",
        expect![[r#"
            order = ['D', 'B', 'C', 'A', 'object']
            who = 'DBCA'
        "#]],
    );
}

#[test]
fn properties_class_methods_and_static_methods_bind() {
    check(
        "
class Point:
    count = 0
    def __init__(self, x):
        self._x = x
        Point.count += 1
    @property
    def x(self): return self._x
    @x.setter
    def x(self, value): self._x = value * 2
    @classmethod
    def origin(cls): return cls(0)
    @staticmethod
    def double(n): return n * 2
p = Point(3)
p.x = 5
x = p.x
zero = Point.origin().x
four = Point.double(2)
made = Point.count
",
        expect![[r#"
            p = Point()
            x = 10
            zero = 0
            four = 4
            made = 2
        "#]],
    );
}

#[test]
fn a_metaclass_can_make_a_singleton() {
    check(
        "
class Singleton(type):
    _made = {}
    def __call__(cls, *args, **kwargs):
        if cls not in cls._made:
            cls._made[cls] = super().__call__(*args, **kwargs)
        return cls._made[cls]
class Settings(metaclass=Singleton):
    def __init__(self, prefix): self.prefix = prefix
first = Settings('/api')
same = Settings('/other') is first
prefix = Settings('/other').prefix
",
        expect![[r#"
            first = Settings()
            same = True
            prefix = '/api'
        "#]],
    );
}

#[test]
fn subclasses_and_names_are_announced() {
    check(
        "
class Field:
    def __set_name__(self, owner, name): self.name = owner.__name__ + '.' + name
class Base:
    registry = []
    def __init_subclass__(cls, **options):
        cls.registry.append((cls.__name__, options))
class Child(Base, kind='x'):
    field = Field()
registry = Base.registry
name = Child.field.name
",
        expect![[r#"
            registry = [('Child', {'kind': 'x'})]
            name = 'Child.field'
        "#]],
    );
}

#[test]
fn enumerations_have_members() {
    check(
        "
from enum import Enum, IntEnum, StrEnum, auto
class Color(str, Enum):
    RED = 'red'
    BLUE = 'blue'
    CRIMSON = 'red'
class Level(IntEnum):
    LOW = auto()
    HIGH = auto()
class Kind(StrEnum):
    SMALL_ONE = auto()
class Of(Enum):
    color = Color
    level = Level
    class Nested: pass
of = [of.name for of in Of]
members = list(Color)
same = Color.CRIMSON is Color.RED
looked_up = Color('blue')
by_name = Color['RED'].value
levels = [level.value for level in Level]
text = f'{Kind.SMALL_ONE}'
equal = Color.RED == 'red'
is_member = 'red' in [c.value for c in Color]
",
        expect![[r#"
            of = ['color', 'level']
            members = [Color.RED, Color.BLUE]
            same = True
            looked_up = Color.BLUE
            by_name = 'red'
            levels = [1, 2]
            text = 'small_one'
            equal = True
            is_member = True
        "#]],
    );
}

#[test]
fn dataclasses_have_constructors() {
    check(
        "
from dataclasses import dataclass, field, fields, replace
@dataclass
class Base:
    name: str
    tags: list = field(default_factory=list)
@dataclass
class Child(Base):
    size: int = 3
    def __post_init__(self): self.label = f'{self.name}:{self.size}'
c = Child('a', ['t'])
values = (c.name, c.tags, c.size, c.label)
names = [f.name for f in fields(Child)]
changed = replace(c, size=9).size
",
        expect![[r#"
            c = Child()
            values = ('a', ['t'], 3, 'a:3')
            names = ['name', 'tags', 'size']
            changed = 9
        "#]],
    );
}

#[test]
fn descriptors_and_missing_attributes_are_asked() {
    check(
        "
class Lazy:
    def __init__(self, f): self.f = f
    def __get__(self, obj, owner=None): return self if obj is None else self.f(obj)
class Thing:
    @Lazy
    def value(self): return 42
    def __getattr__(self, name): return '?' + name
value = Thing().value
other = Thing().other
has = hasattr(Thing, 'nothing')
default = getattr(Thing, 'nothing', 'd')
",
        expect![[r#"
            value = 42
            other = '?other'
            has = False
            default = 'd'
        "#]],
    );
}

#[test]
fn named_tuples_and_typed_dictionaries_are_made_by_calls() {
    check(
        "
from typing import NamedTuple, TypedDict
Point = NamedTuple('Point', [('x', int), ('y', int)])
class Named(NamedTuple):
    x: int
    y: int = 2
Film = TypedDict('Film', {'title': str, 'year': int}, total=False)
point, named = Point(1, 2), Named(1)
values = (Point.__name__, point.y, named.y, list(Point.__annotations__), Film.__name__, Film(title='a')['title'])
",
        expect![[r#"
            point = (1, 2)
            named = (1, 2)
            values = ('Point', 2, 2, ['x', 'y'], 'Film', 'a')
        "#]],
    );
}

#[test]
fn cached_properties_are_computed_once() {
    check(
        "
from copy import deepcopy
from functools import cached_property

class Service:
    made = 0

    @cached_property
    def client(self):
        Service.made += 1
        return [Service.made]

a, b = Service(), Service()
same = a.client is a.client
values = [a.client, a.client, b.client]
del a.client
again = a.client

shared = [1]
first = {'x': shared, 'y': [shared], 'z': (shared, 2)}
first['self'] = first
second = deepcopy(first)
second['x'].append(2)
kept = first['x']
alike = second['y'][0] is second['x'] and second['self'] is second
tuples = second['z']
del a, b, first, second
",
        expect![[r#"
            same = True
            values = [[1], [1], [2]]
            again = [3]
            shared = [1]
            kept = [1]
            alike = True
            tuples = ([1, 2], 2)
        "#]],
    );
}

#[test]
fn what_names_of_typing_stand_for() {
    check(
        r#"
import collections.abc
from typing import Dict, List, Sequence, Tuple, get_origin

a = get_origin(List[str]) is list
b = Dict[str, int].__origin__ is dict
c = get_origin(Tuple[int, ...]) is tuple
d = get_origin(Sequence[int]) is collections.abc.Sequence
e = getattr(List, "__origin__", None)
"#,
        expect![[r#"
            Dict = Dict
            List = List
            Sequence = Sequence
            Tuple = Tuple
            a = True
            b = True
            c = True
            d = True
            e = None
        "#]],
    );
}
