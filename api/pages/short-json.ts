/** JSON as people write it: what fits on a line stands on one. */

const WIDEST = 88;

export function shortJson(value: unknown, indent = ''): string {
  const flat = onOneLine(value);
  if (indent.length + flat.length <= WIDEST || typeof value !== 'object' || value === null) return flat;
  const deeper = `${indent}  `;
  if (Array.isArray(value)) return `[\n${value.map((one) => deeper + shortJson(one, deeper)).join(',\n')}\n${indent}]`;
  const fields = Object.entries(value).map(([name, field]) => `${deeper}"${name}": ${shortJson(field, deeper)}`);
  return `{\n${fields.join(',\n')}\n${indent}}`;
}

function onOneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value).map(([name, field]) => `"${name}": ${onOneLine(field)}`);
  return fields.length > 0 ? `{ ${fields.join(', ')} }` : '{}';
}
