import { describe, expect, it } from 'vitest';
import { mongoCommand, readAddress, readMongoAddress, readString } from './mongo-message.ts';

describe('the address of a server', () => {
  it.each([
    ['127.0.0.1:9092', { host: '127.0.0.1', port: 9092 }],
    ['first:19092,second:29092', { host: 'first', port: 19_092 }],
    ['kafka', { host: 'kafka', port: 9092 }],
  ])('%s', (text, address) => {
    expect(readAddress(text, 9092)).toEqual(address);
  });

  it.each([
    ['mongodb://127.0.0.1:27117', { host: '127.0.0.1', port: 27_117 }],
    ['mongodb://me:secret@db.example:27018,other/scores?w=majority', { host: 'db.example', port: 27_018 }],
    ['mongodb://db.example/?tls=true', undefined],
    ['mongodb+srv://db.example', undefined],
  ])('%s', (url, address) => {
    expect(readMongoAddress(url)).toEqual(address);
  });
});

it('a command is one message of the length that it says', () => {
  const message = mongoCommand('hello');
  expect(message.readInt32LE(0)).toBe(message.length);
  const document = message.subarray(21);
  expect(document.readInt32LE(0)).toBe(document.length);
  expect(document.at(-1)).toBe(0);
});

it('a text is found in an answer by the name of its field', () => {
  const answer = Buffer.from('....\x02version\0\x06\0\0\x008.2.0\0\x10bits\0@\0\0\0\0');
  expect(readString(answer, 'version')).toBe('8.2.0');
  expect(readString(answer, 'gitVersion')).toBeUndefined();
});
