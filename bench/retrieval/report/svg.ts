type Attributes = Readonly<Record<string, string | number>>;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const shown = (value: string | number): string => (typeof value === 'number' ? String(Math.round(value * 10) / 10) : escaped(value));

/** An SVG element; its children are elements already. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const list = Object.entries(attributes).map(([key, value]) => ` ${key}="${shown(value)}"`);
  return children.length === 0 ? `<${name}${list.join('')}/>` : `<${name}${list.join('')}>${children.join('')}</${name}>`;
}

export const label = (x: number, y: number, text: string, attributes: Attributes = {}): string =>
  element('text', { x, y, ...attributes }, escaped(text));

/** Colours of lines, told apart by people who see few colours too; in light and in dark. */
const LINES: readonly (readonly [string, string])[] = [
  ['#0b5cad', '#6cb2ff'],
  ['#c2410c', '#ff9d5c'],
  ['#0f7a5a', '#4fd1a5'],
  ['#9d2f7e', '#f092d0'],
  ['#6b5b00', '#e3c94a'],
];
export const LINE_COUNT = LINES.length;

/** A ground of its own, so that it can be read whatever page it stands on. */
const STYLE = `
svg{font:13px system-ui,-apple-system,'Segoe UI',sans-serif}
.ground{fill:#fff}.ink{fill:#1f2328}.soft{fill:#59636e}.grid{stroke:#d8dee4}.bar{fill:#a9b4c0}.ours{fill:#0b5cad}
.head{font-size:16px;font-weight:600}.panel{font-weight:600}.small{font-size:11px}
.line{fill:none;stroke-width:2}${LINES.map(([light], at) => `.line${at}{stroke:${light}}.mark${at}{fill:${light}}`).join('')}
@media (prefers-color-scheme:dark){.ground{fill:#0d1117}.ink{fill:#e6edf3}.soft{fill:#9198a1}.grid{stroke:#2f353d}.bar{fill:#57606a}.ours{fill:#6cb2ff}
${LINES.map(([, dark], at) => `.line${at}{stroke:${dark}}.mark${at}{fill:${dark}}`).join('')}}
`.trim();

/** A whole picture. `description` says in words what it shows, for those who cannot see it. */
export function picture(width: number, height: number, title: string, description: string, ...children: readonly string[]): string {
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${Math.round(width)} ${Math.round(height)}`,
    width,
    height,
    role: 'img',
    'aria-labelledby': 'title description',
  };
  return `${element(
    'svg',
    attributes,
    element('title', { id: 'title' }, escaped(title)),
    element('desc', { id: 'description' }, escaped(description)),
    `<style>${STYLE}</style>`,
    element('rect', { class: 'ground', width, height }),
    label(16, 28, title, { class: 'ink head' }),
    ...children.map((child) => `\n${child}`),
  )}\n`;
}
