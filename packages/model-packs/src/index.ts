export { overridePack, type PackOverrides } from './override-pack.ts';
export { checkPack, faultSentence, type PackResult, readPack } from './read-pack.ts';
