export { type Mongo, type MongoOptions, openMongo } from './open-mongo.ts';
