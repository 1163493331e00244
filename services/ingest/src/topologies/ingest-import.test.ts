import type { ImportRecord } from '@bellwether/events';
import type { InputRecord } from '@bellwether/stream';
import { StopBefore } from '@bellwether/testkit';
import { describe, expect, it } from 'vitest';
