export const stolen = 'the web must not see this';
