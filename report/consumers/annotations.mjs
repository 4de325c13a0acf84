// Reads workflow commands, decodes each, and has GitHub's own toolkit write it
// again: the output equals the input if the escaping is the toolkit's.
import { readFileSync } from 'node:fs';
import { error, notice, warning } from '@actions/core';

const write = { error, warning, notice };
const data = (s) => s.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
const property = (s) => data(s.replaceAll('%3A', ':').replaceAll('%2C', ','));

for (const line of readFileSync(0, 'utf8').split('\n').slice(0, -1)) {
  const [, level, head, message] = line.match(/^::(\w+) (.*?)::(.*)$/s);
  const p = Object.fromEntries(head.split(',').map((pair) => pair.split(/=(.*)/s)));
  write[level](data(message), {
    title: property(p.title),
    file: property(p.file),
    startLine: p.line,
    endLine: p.endLine,
    startColumn: p.col,
    endColumn: p.endColumn,
  });
}
