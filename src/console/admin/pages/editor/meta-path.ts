type Meta = Readonly<Record<string, unknown>>;
export type MetaPath = readonly [string] | readonly [string, string];

const groupOf = (meta: Meta, name: string): Meta => (typeof meta[name] === 'object' && meta[name] !== null ? (meta[name] as Meta) : {});

/** A value of the front matter. */
export const readPath = (meta: Meta, [first, second]: MetaPath): unknown =>
  second === undefined ? meta[first] : groupOf(meta, first)[second];

/** The front matter with one value changed. What is empty is left out: the text then says nothing about it. */
export function writePath(meta: Meta, [first, second]: MetaPath, value: unknown): Record<string, unknown> {
  if (second === undefined) return isEmpty(value) ? without(meta, first) : { ...meta, [first]: value };
  const group = groupOf(meta, first);
  const changed = isEmpty(value) ? without(group, second) : { ...group, [second]: value };
  return Object.keys(changed).length === 0 ? without(meta, first) : { ...meta, [first]: changed };
}

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

const without = (meta: Meta, name: string): Record<string, unknown> =>
  Object.fromEntries(Object.entries(meta).filter(([key]) => key !== name));
