import { jest } from '@jest/globals';
import { patience } from './patience.js';

jest.setTimeout(patience(20_000));
