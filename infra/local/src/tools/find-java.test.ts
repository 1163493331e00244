import { expect, it } from 'vitest';
import { majorVersionOf } from './find-java.ts';

it.each([
  ['openjdk version "17.0.15" 2025-04-15', 17],
  ['java version "1.8.0_292"', 8],
  ['openjdk version "25" 2025-09-16\nOpenJDK Runtime Environment', 25],
  ['Picked up JAVA_TOOL_OPTIONS: -Xmx1g\nopenjdk version "21.0.2" 2024-01-16', 21],
  ['No Java runtime present, requesting install.', undefined],
])('Java that says %j is Java %s', (output, major) => {
  expect(majorVersionOf(output)).toBe(major);
});
