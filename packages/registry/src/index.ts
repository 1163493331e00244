export {
  isSourceSystemTopic,
  openRegistryCodec,
  type RegistryCodec,
  type RegistryCodecOptions,
  subjectOf,
} from './registry-codec.ts';
