"""https://uriyyo-fastapi-pagination.netlify.app/learn/customization/page_customization/"""
import copy
from typing import Generic, Optional, get_args, get_origin

from __arch__ import model_field_rows, model_fields
from fastapi import Query
from fastapi_pagination.bases import BaseAbstractPage, TAny
from pydantic import RootModel, create_model
from pydantic.fields import FieldInfo

_COUNTS = ("total", "page", "size", "pages", "limit", "offset")


class PageCustomizer:
    def customize_page_ns(self, page_cls, ns):
        return None


class PageTransformer:
    def transform_page_cls(self, page_cls):
        return page_cls


class PostPageTransformer:
    def post_transform_page_cls(self, page_cls):
        return page_cls


def _name(plain, arguments):
    """The name of a page with its arguments, as pydantic gives it."""
    if not arguments:
        return plain.__name__
    words = [one.__name__ if isinstance(one, type) else "~" + repr(one) for one in arguments]
    return plain.__name__ + "[" + ", ".join(words) + "]"


class CustomizedPage:
    def __class_getitem__(cls, item):
        page, *customizers = item if isinstance(item, tuple) else (item,)
        if not customizers:
            return page
        plain, arguments = get_origin(page) or page, get_args(page)
        for customizer in customizers:
            if isinstance(customizer, PageTransformer):
                plain = customizer.transform_page_cls(plain)
        bases = (plain[arguments], Generic[arguments]) if arguments else (plain[TAny], Generic[TAny])
        namespace = {
            "__name__": _name(plain, arguments).removesuffix("Customized") + "Customized",
            "__params_type__": plain.__params_type__,
            "__annotations__": {},
            "model_config": {},
        }
        # A page with the arguments put in, so that its fields can be declared again.
        source = type(plain.__name__, bases, {})
        for customizer in customizers:
            if isinstance(customizer, PageCustomizer):
                customizer.customize_page_ns(source, namespace)
        made = type(namespace["__name__"], bases, namespace)
        for customizer in customizers:
            if isinstance(customizer, PostPageTransformer):
                made = customizer.post_transform_page_cls(made)
        return made


def _again(page_cls, ns, names, change):
    """Declares fields of a page again, with a change."""
    infos = model_fields(page_cls)
    for name, annotation, *_ in model_field_rows(page_cls):
        if name in names:
            info = copy.copy(infos[name])
            change(name, info)
            ns["__annotations__"][name], ns[name] = ns["__annotations__"].get(name, annotation), info


class UseName(PageCustomizer):
    def __init__(self, name):
        self.name = name

    def customize_page_ns(self, page_cls, ns):
        ns["__name__"] = ns["__qualname__"] = self.name


class UseModule(PageCustomizer):
    def __init__(self, module):
        self.module = module


class UseParams(PageCustomizer):
    def __init__(self, params):
        self.params = params

    def customize_page_ns(self, page_cls, ns):
        ns["__params_type__"] = self.params


def _with_fields(params, fields):
    hints = {row[0]: row[1] for row in model_field_rows(params)}
    definitions = {}
    for name, given in fields.items():
        if name not in hints:
            continue
        info = given if isinstance(given, FieldInfo) else Query(given)
        definitions[name] = (getattr(given, "annotation", None) or hints[name], info)
    return create_model(params.__name__, __base__=params, **definitions)


class UseParamsFields(PageCustomizer):
    def __init__(self, **kwargs):
        self.fields = kwargs

    def customize_page_ns(self, page_cls, ns):
        ns["__params_type__"] = _with_fields(ns["__params_type__"], self.fields)


def _optional(model, names=None):
    """The fields of a model with `None` as type and default besides, everything else kept."""
    fields = {}
    infos = model_fields(model)
    for name, annotation, *_ in model_field_rows(model):
        if names is not None and name not in names:
            continue
        known = infos.get(name)
        info = copy.copy(known) if isinstance(known, FieldInfo) else FieldInfo()
        info.annotation, info.default, info.default_factory = Optional[annotation], None, None
        fields[name] = info
    return fields


class UseAdditionalFields(PageCustomizer):
    def __init__(self, **fields):
        self.fields = fields

    def customize_page_ns(self, page_cls, ns):
        for name, field in self.fields.items():
            if isinstance(field, tuple):
                ns["__annotations__"][name], ns[name] = field
            else:
                ns["__annotations__"][name] = field


class UseFieldTypeAnnotations(PageCustomizer):
    def __init__(self, **anns):
        self.anns = anns

    def customize_page_ns(self, page_cls, ns):
        ns["__annotations__"].update(self.anns)


class UseOptionalFields(PageCustomizer):
    def __init__(self, required=False, fields=_COUNTS):
        self.required, self.fields = required, fields

    def customize_page_ns(self, page_cls, ns):
        for name, info in _optional(page_cls, self.fields).items():
            ns["__annotations__"][name], ns[name] = info.annotation, None


class UseRequiredFields(PageCustomizer):
    def __init__(self, required=True, fields=_COUNTS):
        self.required, self.fields = required, fields


class UseIncludeTotal(PageCustomizer):
    def __init__(self, include_total, update_annotations=True, affected_fields=_COUNTS):
        self.include_total, self.update_annotations = include_total, update_annotations
        self.affected_fields = affected_fields

    def customize_page_ns(self, page_cls, ns):
        if self.update_annotations and not self.include_total:
            UseOptionalFields(fields=self.affected_fields).customize_page_ns(page_cls, ns)


class UseOptionalParams(PageCustomizer):
    def customize_page_ns(self, page_cls, ns):
        params = ns["__params_type__"]
        ns["__params_type__"] = _with_fields(params, _optional(params))
        UseOptionalFields().customize_page_ns(page_cls, ns)


class UseModelConfig(PageCustomizer):
    def __init__(self, **kwargs):
        self.config = kwargs

    def customize_page_ns(self, page_cls, ns):
        ns["model_config"].update(self.config)


class UseExcludedFields(PageCustomizer):
    def __init__(self, *fields):
        self.fields = fields

    def customize_page_ns(self, page_cls, ns):
        def exclude(name, info):
            info._given = {**info._given, "exclude": True}

        _again(page_cls, ns, self.fields, exclude)


class UseFieldsAliases(PageCustomizer):
    def __init__(self, **aliases):
        self.aliases = aliases

    def customize_page_ns(self, page_cls, ns):
        def rename(name, info):
            info._given = {**info._given, "serialization_alias": self.aliases[name]}

        _again(page_cls, ns, self.aliases, rename)


class UseCursorEncoding(PageCustomizer):
    def __init__(self, encoder=None, decoder=None):
        self.encoder, self.decoder = encoder, decoder


class UseQuotedCursor(PageCustomizer):
    def __init__(self, quoted_cursor=True):
        self.quoted_cursor = quoted_cursor


class UseStrCursor(PageCustomizer):
    def __init__(self, str_cursor=True):
        self.str_cursor = str_cursor


class UseResponseHeaders(PageCustomizer):
    def __init__(self, resolver):
        self.resolver = resolver


class UseFlattenPage(PostPageTransformer):
    def __init__(self, field="items"):
        self.field = field

    def post_transform_page_cls(self, page_cls):
        class _FlattenPage(BaseAbstractPage[TAny], RootModel[list[TAny]], Generic[TAny]):
            __params_type__ = page_cls.__params_type__

        _FlattenPage.__name__ = page_cls.__name__
        return _FlattenPage
