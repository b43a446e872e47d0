//! What well-known functions of the platform and of libraries give.

use std::rc::Rc;

use super::{
    Environment, Evaluator, External, Origin, Site, Text, Value, Values,
    call::held_by_page,
    collection::Way,
    evaluator::{add, add_all},
};
use crate::web::syntax::tree::Argument;

impl Evaluator<'_> {
    /// What a call of an external function gives; none where nothing is known of it.
    pub(super) fn call_external(
        &self,
        site: &Site,
        callee: &External,
        arguments: &[Argument],
    ) -> Option<Values> {
        if let Some(values) = self.call_fluent(site, callee) {
            return Some(values);
        }
        if let Some(values) = self.call_collection(callee) {
            return Some(values);
        }
        if callee.origin == Origin::Global {
            // `window.requestAnimationFrame.bind(window)` is the same function.
            if let Some((last, function)) = callee.members.split_last()
                && last == "bind"
            {
                return Some(vec![Value::External(External {
                    origin: Origin::Global,
                    members: function.to_vec(),
                })]);
            }
            return self.call_global(site, &callee.path(), arguments);
        }
        if let Origin::Result { .. } = &callee.origin {
            return self
                .call_globbed(site, callee, arguments)
                .or_else(|| self.call_store(site, callee, arguments));
        }
        if let Origin::Given { .. } = &callee.origin {
            return self.call_getter(callee);
        }
        let (package, _) = callee.package()?;
        let function = callee.of_package(package)?;
        match package.as_str() {
            "react" | "preact/hooks" | "preact" => self.call_react(site, &function, arguments),
            "vue" | "@vue/composition-api" | "@vue/reactivity" | "#imports" => {
                self.call_vue(site, &function, arguments)
            }
            // <https://pinia.vuejs.org/core-concepts/#Destructuring-from-a-Store>
            "pinia" if function == "storeToRefs" => Some(self.argument(site, arguments, 0)),
            "zustand" => self.call_zustand(site, &function, arguments),
            "lodash" | "lodash-es" | "lodash.debounce" | "lodash.throttle" | "throttle-debounce"
            | "use-debounce"
                if function.contains("debounce")
                    || function.contains("throttle")
                    || function == "default" =>
            {
                let mut given: Values = vec![];
                for index in 0..arguments.len() {
                    let values = self.argument(site, arguments, index);
                    add_all(
                        &mut given,
                        values
                            .into_iter()
                            .filter(|v| matches!(v, Value::Function(_)))
                            .collect(),
                    );
                }
                Some(given)
            }
            _ => None,
        }
    }

    /// Methods of three.js that give the object that they are called on, or a copy of it
    /// (<https://threejs.org/docs/#api/en/math/Vector3>, <https://threejs.org/docs/#api/en/loaders/Loader>).
    fn call_fluent(&self, site: &Site, callee: &External) -> Option<Values> {
        let (method, object) = callee.members.split_last()?;
        let is_object = matches!(callee.origin, Origin::Made { .. } | Origin::Inherited { .. });
        let (package, _) = callee.package()?;
        if !is_object || package != "three" {
            return None;
        }
        let class = match &callee.origin {
            Origin::Made { class, .. } => class,
            _ => return None,
        };
        if method == "clone" && object.is_empty() {
            return Some(vec![Value::External(External {
                origin: Origin::Made {
                    class: Rc::clone(class),
                    site: Rc::new(site.clone()),
                },
                members: vec![],
            })]);
        }
        let gives_itself = method.starts_with("set")
            || method.starts_with("apply")
            || method.starts_with("add")
            || method.starts_with("sub")
            || method.starts_with("multiply")
            || method.starts_with("cross")
            || method.starts_with("lerp")
            || matches!(
                method.as_str(),
                "copy"
                    | "attach"
                    | "normalize"
                    | "negate"
                    | "clamp"
                    | "divideScalar"
                    | "divide"
                    | "round"
                    | "floor"
                    | "unproject"
                    | "project"
                    | "transformDirection"
                    | "identity"
                    | "invert"
                    | "premultiply"
                    | "slerp"
                    | "expandByObject"
                    | "center"
                    | "translate"
                    | "rotateX"
                    | "rotateY"
                    | "rotateZ"
                    | "scale"
                    | "connect"
                    | "detectSupport"
                    | "detectSupportAsync"
                    | "preload"
            );
        gives_itself.then(|| {
            vec![Value::External(External {
                origin: callee.origin.clone(),
                members: object.to_vec(),
            })]
        })
    }

    fn call_global(&self, site: &Site, function: &str, arguments: &[Argument]) -> Option<Values> {
        let argument = |index| self.argument(site, arguments, index);
        Some(match function {
            "Object.freeze" | "Object.seal" | "structuredClone" | "Promise.resolve" | "Promise.all"
            | "Promise.race" | "Promise.any" | "$state" | "$derived" | "$state.raw" | "$state.snapshot"
            | "Array.from" | "$ref" | "toRaw" => argument(0),
            "unref" => self.unreferred(argument(0)),
            "URL.createObjectURL" => vec![held_by_page("blob:")],
            "inject" => self.injected(&argument(0), argument(1))?,
            "$derived.by" => self.apply_all(&argument(0), &[], site.environment.depth()),
            "Object.assign" => {
                let mut values = vec![];
                for index in (0..arguments.len()).rev() {
                    add_all(&mut values, argument(index));
                }
                values
            }
            "String" | "encodeURIComponent" | "encodeURI" | "decodeURIComponent" => {
                let place = Site {
                    expression: arguments.first()?.value,
                    ..site.clone()
                };
                let written = self.script(site.module).written(place.expression);
                let texts = self.texts(&place);
                // What is encoded fills one place of an address, whatever it is.
                let is_open = texts.iter().any(|text| text.as_literal().is_none());
                if is_open && function.starts_with("encodeURIC") {
                    vec![Value::Text(Text::hole(written, Value::Unknown))]
                } else {
                    texts.into_iter().map(Value::Text).collect()
                }
            }
            "Object.values" => {
                let mut items = vec![];
                for value in argument(0) {
                    if let Value::Object(object) = &value {
                        for (_, place) in self.properties(object) {
                            add_all(&mut items, self.values_at(&place));
                        }
                        add_all(&mut items, self.collected(object, &[Way::Indexed]));
                    }
                    if let Value::Record(record) = &value {
                        for (_, values) in record.iter() {
                            add_all(&mut items, values.clone());
                        }
                    }
                }
                vec![Value::List(Rc::new(vec![items]))]
            }
            "Object.entries" => {
                let mut entries = vec![];
                for value in argument(0) {
                    if let Value::Object(object) = &value {
                        for (key, place) in self.properties(object) {
                            let key = vec![Value::Text(Text::literal(&key))];
                            let pair = Value::List(Rc::new(vec![key, self.values_at(&place)]));
                            entries.push(vec![pair]);
                        }
                    }
                    if let Value::Record(record) = &value {
                        for (key, values) in record.iter() {
                            let key = vec![Value::Text(Text::literal(key))];
                            entries.push(vec![Value::List(Rc::new(vec![key, values.clone()]))]);
                        }
                    }
                }
                vec![Value::List(Rc::new(entries))]
            }
            "Object.keys" => {
                let mut keys = vec![];
                for value in argument(0) {
                    if let Value::Object(object) = &value {
                        for (key, _) in self.properties(object) {
                            keys.push(vec![Value::Text(Text::literal(&key))]);
                        }
                    }
                    if let Value::Record(record) = &value {
                        for (key, _) in record.iter() {
                            keys.push(vec![Value::Text(Text::literal(key))]);
                        }
                    }
                }
                vec![Value::List(Rc::new(keys))]
            }
            "import.meta.glob" | "import.meta.globEager" => return self.glob_imported(site),
            "require" => {
                let mut values = vec![];
                for specifier in argument(0).iter().filter_map(Value::as_literal) {
                    for namespace in self.namespace(site.module, &specifier) {
                        // `module.exports = x` is `x` itself.
                        let whole = match &namespace {
                            Value::Namespace(_) => self.member(&namespace, "default"),
                            _ => vec![],
                        };
                        if whole.is_empty() {
                            add(&mut values, namespace);
                        } else {
                            add_all(&mut values, whole);
                        }
                    }
                }
                values
            }
            _ => return None,
        })
    }

    /// <https://react.dev/reference/react>
    fn call_react(&self, site: &Site, function: &str, arguments: &[Argument]) -> Option<Values> {
        let argument = |index| self.argument(site, arguments, index);
        Some(match function {
            "useMemo" => self.apply_all(&argument(0), &[], site.environment.depth()),
            "useCallback" | "memo" | "forwardRef" | "useDeferredValue" | "useEffectEvent" | "cache" => {
                argument(0)
            }
            "lazy" => {
                let modules = self.apply_all(&argument(0), &[], site.environment.depth());
                self.members(&modules, "default")
            }
            "useContext" | "use" => self.provided(&argument(0))?,
            "useRef" | "createRef" => {
                let current = vec![("current".into(), self.with_writes(site, "current", argument(0)))];
                vec![Value::Record(Rc::new(current))]
            }
            "useState" => self.react_state(site, arguments),
            _ => return None,
        })
    }

    /// What the providers of a context give: <https://react.dev/reference/react/createContext#provider>.
    fn provided(&self, contexts: &[Value]) -> Option<Values> {
        let made = contexts.iter().find_map(|context| match context {
            Value::External(external) if external.members.is_empty() => external.site(),
            _ => None,
        })?;
        let is_same = |value: &Value| {
            value
                .site()
                .is_some_and(|site| (site.module, site.expression) == (made.module, made.expression))
        };
        let mut values = vec![];
        for (module, context, value) in self.writes().provided() {
            let contexts = self.evaluate(*module, *context, &Environment::default());
            if contexts.iter().any(is_same) {
                add_all(
                    &mut values,
                    self.evaluate(*module, *value, &Environment::default()),
                );
            }
        }
        (!values.is_empty()).then_some(values)
    }

    /// <https://vuejs.org/api/reactivity-core.html>
    fn call_vue(&self, site: &Site, function: &str, arguments: &[Argument]) -> Option<Values> {
        let argument = |index| self.argument(site, arguments, index);
        let reference = |values: Values| vec![Value::Record(Rc::new(vec![("value".into(), values)]))];
        Some(match function {
            "ref" | "shallowRef" | "customRef" => reference(self.with_writes(site, "value", argument(0))),
            "reactive"
            | "shallowReactive"
            | "readonly"
            | "markRaw"
            | "toRaw"
            | "toRefs"
            | "defineComponent"
            | "defineAsyncComponent" => argument(0),
            "unref" => self.unreferred(argument(0)),
            "inject" => self.injected(&argument(0), argument(1))?,
            "computed" => {
                let mut values = self.apply_all(&argument(0), &[], site.environment.depth());
                let getters = self.members(&argument(0), "get");
                add_all(
                    &mut values,
                    self.apply_all(&getters, &[], site.environment.depth()),
                );
                reference(values)
            }
            _ => return None,
        })
    }

    /// What components around provide for a key: <https://vuejs.org/guide/components/provide-inject.html>.
    fn injected(&self, keys: &[Value], default: Values) -> Option<Values> {
        let is_same = |one: &Value| keys.iter().any(|key| is_same_key(one, key));
        let mut values = default;
        for (module, key, value) in self.writes().injectable() {
            let keys = self.evaluate(*module, *key, &Environment::default());
            if keys.iter().any(is_same) {
                add_all(
                    &mut values,
                    self.evaluate(*module, *value, &Environment::default()),
                );
            }
        }
        (!values.is_empty()).then_some(values)
    }

    /// What references refer to; other values as they are.
    fn unreferred(&self, values: Values) -> Values {
        let mut all = vec![];
        for value in values {
            match &value {
                Value::Record(record) if record.iter().any(|(key, _)| key == "value") => {
                    add_all(&mut all, self.member(&value, "value"));
                }
                _ => add(&mut all, value),
            }
        }
        all
    }

    /// A value and what is assigned to this property of what the call gives.
    fn with_writes(&self, site: &Site, property: &str, mut values: Values) -> Values {
        for write in self.writes().of_name(site.module, property) {
            if self.is_held_by(site, write.object) {
                let function = self.script(site.module).expression(write.value).function;
                let environment = self.environment_for(site.module, function, &site.environment);
                add_all(&mut values, self.evaluate(site.module, write.value, &environment));
            }
        }
        values
    }
}

/// Whether two keys of what is provided are the same text, or the same symbol.
fn is_same_key(one: &Value, other: &Value) -> bool {
    let place = |value: &Value| value.site().map(|site| (site.module, site.expression));
    match (one.as_literal(), other.as_literal()) {
        (Some(one), Some(other)) => one == other,
        (None, None) => place(one).is_some_and(|one| place(other) == Some(one)),
        _ => false,
    }
}
