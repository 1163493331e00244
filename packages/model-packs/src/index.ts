export { checkPack, faultSentence, type PackResult, readPack } from './read-pack.ts';
