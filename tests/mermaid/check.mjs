#!/usr/bin/env node
// Parses every Mermaid diagram of the files and folders given with the real Mermaid, in the version that a book gets.
//
//   npm ci && node check.mjs ../../src/view/snapshots ../../book-example/book
//
// In `.md` files a diagram is a fence with the language `mermaid`; in `.html` files it is `<pre class="mermaid">`.
// Prints `file:line: message` for each problem. Exit: 0 all fine, 1 problems, 2 wrong use or nothing found.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';
import { JSDOM } from 'jsdom';

/** Above this Mermaid draws a picture of an error, although the text parses. */
const MAX_CHARACTERS = 50_000;

/** All `.md` and `.html` files at or below a path, in a fixed order; the print page repeats the others. */
function files(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .filter((name) => name !== 'node_modules' && name !== 'print.html' && !name.startsWith('.'))
    .sort()
    .flatMap((name) => files(join(path, name)))
    .filter((file) => /\.(md|html)$/.test(file));
}

/** Fences of Markdown, with what their container (list, quote) puts before each line taken off. */
function fences(text) {
  const found = [];
  let open;
  text.split(/\r?\n/).forEach((line, index) => {
    if (open) {
      const inner = open.quoted ? line.replace(/^[\s>]*> ?/, '') : line.slice(Math.min(open.indent, line.search(/\S|$/)));
      const end = inner.match(/^ {0,3}(`{3,}|~{3,})\s*$/);
      if (end?.[1].startsWith(open.marks)) {
        if (open.language === 'mermaid') found.push(open);
        open = undefined;
      } else open.lines.push(inner);
      return;
    }
    const start = line.match(/^([\s>]*(?:(?:[-*+]|\d+[.)])\s+)?)(`{3,}|~{3,})\s*([^\s`]*)/);
    if (start) {
      const [, container, marks, language] = start;
      open = { line: index + 1, marks, language, indent: container.length, quoted: container.includes('>'), lines: [] };
    }
  });
  if (open?.language === 'mermaid') found.push({ ...open, problem: 'the fence is not closed' });
  return found.map(({ line, lines, problem }) => ({ line, problem, text: lines.join('\n') }));
}

/** Diagrams of a built page, as the page's script reads them. A fence that is still code is a problem. */
function diagramsOfPage(html) {
  const { document } = new JSDOM(html).window;
  let at = -1;
  const drawn = [...document.querySelectorAll('pre.mermaid')].map((pre) => {
    at = html.indexOf('<pre class="mermaid"', at + 1);
    return { line: at < 0 ? 1 : html.slice(0, at).split('\n').length, text: pre.textContent.trim() };
  });
  const raw = [...document.querySelectorAll('code.language-mermaid')].map((code) => ({
    line: 1,
    text: code.textContent,
    problem: 'the fence was not made a diagram; does a Mermaid preprocessor run after this one?',
  }));
  return [...drawn, ...raw];
}

/** Mermaid's browser build in a window of its own: the package for Node has no sanitiser and fails on every label. */
function loadMermaid() {
  const dom = new JSDOM('<!doctype html><body></body>', { runScripts: 'outside-only', pretendToBeVisual: true });
  dom.window.structuredClone ??= structuredClone;
  const here = dirname(fileURLToPath(import.meta.url));
  vm.runInContext(readFileSync(join(here, 'node_modules/mermaid/dist/mermaid.min.js'), 'utf8'), dom.getInternalVMContext());
  dom.window.mermaid.initialize({ startOnLoad: false, logLevel: 5 });
  return dom.window.mermaid;
}

const paths = process.argv.slice(2);
if (paths.length === 0) {
  console.error('usage: node check.mjs PATH…');
  process.exit(2);
}
const mermaid = loadMermaid();
let diagrams = 0;
let problems = 0;
for (const file of paths.flatMap(files)) {
  const text = readFileSync(file, 'utf8');
  for (const diagram of file.endsWith('.html') ? diagramsOfPage(text) : fences(text)) {
    diagrams += 1;
    let { problem } = diagram;
    if (diagram.text.length > MAX_CHARACTERS) problem ??= `${diagram.text.length} characters, more than a page draws`;
    if (/%%\{/.test(diagram.text)) problem ??= 'holds a directive, which no generated diagram does';
    problem ??= await mermaid.parse(diagram.text).then(() => undefined, (error) => error.message ?? String(error));
    if (problem) {
      problems += 1;
      console.error(`${file}:${diagram.line}: ${problem.replaceAll('\n', ' / ')}`);
    }
  }
}
console.log(`${diagrams} diagrams, ${problems} with problems`);
process.exit(problems > 0 ? 1 : diagrams > 0 ? 0 : 2);
