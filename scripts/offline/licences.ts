import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

type Licence = { license: { id?: string; name?: string } } | { expression: string };
type Component = {
  'bom-ref': string;
  name: string;
  version: string;
  licenses?: Licence[];
};
export type Sbom = { metadata: { component: Component }; components: Component[]; dependencies?: { ref: string; dependsOn?: string[] }[] };

/** Words that only one licence has. */
const KNOWN: [string, RegExp][] = [
  ['MIT', /Permission is hereby granted, free of charge/],
  ['Apache-2.0', /Apache License,?\s+Version 2\.0/],
  ['ISC', /Permission to use, copy, modify, and\/or distribute this software/],
  ['BSD-3-Clause', /Redistribution and use in source and binary forms[\s\S]*Neither the name/],
  ['BSD-2-Clause', /Redistribution and use in source and binary forms/],
];

/** Packed packages by `name@version`, and where each lies. */
export type Packed = ReadonlyMap<string, string>;

/**
 * npm's bill of materials cut down to what was packed (its own `--omit dev` also leaves out what production and development
 * share), with the licences that packages only tell in a file, under the product's name.
 * @throws when something packed is not in it
 */
export function billOf(sbom: Sbom, packed: Packed): Sbom {
  const { component } = sbom.metadata;
  const components = sbom.components
    .filter((one) => packed.has(one['bom-ref']))
    .map((one) => ({ ...one, name: nameOf(one), licenses: one.licenses ?? [licenceIn(packed.get(one['bom-ref'])!)] }));
  const listed = new Set(components.map((one) => one['bom-ref']));
  const missing = [...packed.keys()].filter((ref) => !listed.has(ref));
  if (missing.length > 0) throw new Error(`Not in the bill of materials: ${missing.join(', ')}`);
  const dependencies = (sbom.dependencies ?? [])
    .filter(({ ref }) => listed.has(ref) || ref === component['bom-ref'])
    .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((one) => listed.has(one)) }));
  return { ...sbom, metadata: { ...sbom.metadata, component: { ...component, name: 'vonggac' } }, components, dependencies };
}

/** npm calls a workspace by its directory. */
const nameOf = (one: Component): string => one['bom-ref'].slice(0, one['bom-ref'].lastIndexOf('@'));

function licenceIn(directory: string): Licence {
  const { license, licenses } = JSON.parse(readFileSync(path.join(directory, 'package.json'), 'utf8')) as {
    license?: unknown;
    licenses?: { type?: string }[];
  };
  const told = typeof license === 'string' ? license : Array.isArray(licenses) ? licenses[0]?.type : undefined;
  if (told) return { license: { name: told } };
  const files = readdirSync(directory).filter((file) => /^(licen[cs]e|readme|copying)/i.test(file));
  const text = files.map((file) => readFileSync(path.join(directory, file), 'utf8')).join('\n');
  const id = KNOWN.find(([, words]) => words.test(text))?.[0];
  return { license: id ? { id } : { name: 'NOASSERTION' } };
}
