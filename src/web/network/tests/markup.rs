//! What markup and components ask for.

use expect_test::expect;

use super::check;
use crate::web::{
    fixture::Fixture, interaction::Interactions, network::calls, project::Project, values::Evaluator,
};

#[test]
fn components_call_too() {
    check(
        "//- Save.vue\n<script setup>\nconst props = defineProps(['id'])\nfunction save() { fetch(`/api/items/${props.id}`, { method: 'PUT' }) }\n</script>\n\
         <template><button @click=\"save\">x</button><button @click=\"fetch(`/api/${item}`)\">y</button></template>\n\
         //- List.svelte\n<script>\nexport let base = '/api';\nconst load = () => fetch(`${base}/list`);\n</script>\n<button on:click={() => fetch('/api/now')}>x</button>\n\
         //- App.svelte\n<script>\nimport List from './List.svelte';\n</script>\n<List base=\"/v2\" />",
        &expect![[r#"
            List.svelte:3 fetch GET /api/list
            List.svelte:5 fetch GET /api/now
            Save.vue:3 fetch PUT /api/items/${props.id}
            Save.vue:5 fetch GET /api/${item}
        "#]],
    );
}

#[test]
fn markup_asks_too() {
    check(
        "//- templates/list.html\n{% extends 'base.html' %}\n\
         <a href=\"/patients/{{ p.id }}\">x</a> <a href=\"#top\">y</a> <img src='{{ url_for('photo', id=p.id) }}'>\n\
         <form method=\"post\" action=\"/save\"><button hx-delete=\"/patients/{{ p.id }}\" {% if a > b %}disabled{% endif %}></button></form>\n\
         <div hx-post=\"{{ '/edit/' + (p.id|string) if p and p.id else '/new' }}\" data-hx-get=\"{{ url_for(\'rows\') }}\"></div>\n\
         <!-- <a href=\"/gone\"></a> --><script>const s = '<a href=\"/no\">';</script>\n\
         //- index.html\n<script type=\"module\" src=\"/main.js\"></script><a href=\"/shell\"></a>\n\
         //- main.js\nexport {};\n\
         //- App.tsx\nexport const App = () => <><a href={`${import.meta.env.VITE_API}/files/${id}`}>f</a><img src={logo} /><a href=\"/about\">a</a></>;",
        &expect![[r#"
            App.tsx:1 link GET ${import.meta.env.VITE_API}/files/${id}
            App.tsx:1 link GET /about
            templates/list.html:2 link GET /patients/${p.id}
            templates/list.html:2 media GET ${url_for('photo', id=p.id)}
            templates/list.html:3 form POST /save
            templates/list.html:3 htmx DELETE /patients/${p.id}
            templates/list.html:4 htmx POST /edit/${(p.id|string)}
            templates/list.html:4 htmx POST /new
            templates/list.html:4 htmx GET ${url_for('rows')}
        "#]],
    );
}

#[test]
fn options_of_vue_are_an_instance() {
    check(
        "//- Notes.vue\n<template><div><li v-for=\"note in notes\" :key=\"note.id\" @click=\"remove(note.id)\"><img :src=\"`${base}/notes/${note.id}/image`\"></li><button @click=\"load\"></button></div></template>\n\
         <script>\nimport axios from 'axios';\nexport default {\n  data() { return { base: '/api', notes: [] }; },\n  computed: { url() { return `${this.base}/notes`; } },\n\
           mounted() { this.load(); },\n  methods: {\n    async load() { const answer = await axios.get(this.url); this.notes = answer.data; },\n    remove(id) { return axios.delete(`${this.url}/${id}`); },\n  },\n};\n</script>\n\
         //- app.html\n<div id=\"app\"></div><script>\nnew Vue({ el: '#app', data: { origin: '/v1' }, methods: { save() { fetch(this.origin + '/save', { method: 'POST' }); } } });\n</script>",
        &expect![[r#"
            Notes.vue:1 media GET /api/notes/${note.id}/image
            Notes.vue:9 axios GET /api/notes reads=[].id
            Notes.vue:10 axios DELETE /api/notes/${id}
            app.html:2 fetch POST /v1/save
        "#]],
    );
}

#[test]
fn a_field_holds_an_address_before_anybody_types() {
    check(
        "//- index.html\n<input id=\"url\" value=\"ws://localhost:8001/ws\"><input id=\"other\" value=\"{{ address }}\">\n\
         <script>\nconst url = document.getElementById('url').value; const socket = new WebSocket(url);\n\
         fetch(document.querySelector('#other').value + '/x');\n</script>",
        &expect![[r#"
            index.html:3 websocket WS ws://localhost:8001/ws
            index.html:4 fetch GET ${document.querySelector('#other').value}/x
        "#]],
    );
}

#[test]
fn what_makes_the_markup_ask() {
    let files = Fixture::new(
        "//- list.html\n<ul hx-get=\"/items\" hx-trigger=\"load, every 2s [open], sse:added\" hx-target=\"#list\" hx-swap=\"outerHTML\"></ul>\n\
         <input hx-get=\"/find\" name=\"q\"><button hx-post=\"/add\" hx-target=\"this\" id=\"add\">+</button>\n\
         <form method=\"post\" action=\"/enter\"></form>\n",
    );
    let project = Project::new(&files);
    let evaluator = Evaluator::new(&project);
    let calls = calls(&evaluator, &Interactions::new(&evaluator));
    let shown: Vec<String> = calls
        .iter()
        .map(|call| {
            let ways = call.interactions.iter().map(|way| {
                let trigger = &way.trigger;
                let updates = way.updates.iter().map(|update| format!(" -> {}", update.target));
                let interval = trigger
                    .interval
                    .map_or(String::new(), |every| format!(" {every} ms"));
                format!(
                    "{:?} {}{interval} {}{}",
                    trigger.kind,
                    trigger.name,
                    trigger.subject,
                    updates.collect::<String>()
                )
            });
            format!(
                "{} {}: {}",
                call.method,
                call.url,
                ways.collect::<Vec<_>>().join("; ")
            )
        })
        .collect();
    expect![[r#"
        GET /items: Load load <ul> -> #list; Timer every 2000 ms <ul> -> #list; Message added <ul> -> #list
        GET /find: Event change <input>
        POST /add: Event click <button> -> #add
        POST /enter: Event submit <form>"#]]
    .assert_eq(&shown.join("\n"));
}

#[test]
fn forms_send_their_fields() {
    check(
        "//- login.html\n<form method=\"post\" action=\"/login\" id=\"login\">\n\
         <input name=\"username\"><INPUT type=\"password\" name=\"password\"> {{ _('Sign in') }}\n\
         <input type=\"reset\" name=\"again\"><select name=\"role\"></select></form>\n\
         <input name=\"remember\" form=\"login\"><input name=\"search\">\n\
         <form hx-post=\"/items\"><textarea name=\"text\"></textarea>{% include 'more.html' %}</form>\n\
         <form method=\"post\" action=\"/macro\"><input name=\"a\"><p>{{ field('b') }}</p></form>\n\
         <form method=\"post\" action=\"/script\" onsubmit=\"send(event)\"><input name=\"a\"></form>\n\
         <form action=\"/find\"><input name=\"q\"></form>\n",
        &expect![[r#"
            login.html:1 form POST /login body=username,password,role,remember
            login.html:5 htmx POST /items body=text,...
            login.html:6 form POST /macro body=a,...
            login.html:7 form POST /script
            login.html:8 form GET /find
        "#]],
    );
}
