export { overridePack, type PackOverrides } from './override-pack.ts';
export { checkPack, type PackResult, readPack } from './read-pack.ts';
