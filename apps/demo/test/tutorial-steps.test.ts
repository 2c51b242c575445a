import { sampleDiabetes } from '@rectify/dataset';
import { beforeAll, describe, expect, it } from 'vitest';
import { tutorialFileNames, tutorialFiles } from '../src/report/tutorial-page.js';
import { intervalLines } from '../src/terminal/intervals.js';
import { useReproducibleBackend } from '../src/tutorial/backend.js';
import { tableOfNegatives } from '../src/tutorial/claims/negative-inputs.js';
import type { TutorialStep } from '../src/tutorial/step.js';
import { type TutorialAnswer, tutorialSteps } from '../src/tutorial/steps.js';

describe('the tutorial, step by step', () => {
  let answer: TutorialAnswer;
  let steps: readonly TutorialStep[];
  const step = (id: TutorialStep['id']) => steps.find((s) => s.id === id) as TutorialStep;

  beforeAll(async () => {
    await useReproducibleBackend();
    answer = await tutorialSteps(sampleDiabetes(), {
      epochs: 3,
      claims: { seeds: 3, shares: [0, 0.5, 1] },
    });
    ({ steps } = answer);
  }, 60_000);

  it('shows every step, and says what is true of each', () => {
    expect(steps.map(({ id }) => id)).toEqual([
      'relu',
      'leaky-relu',
      'table',
      'encoding',
      'split',
      'network',
      'training',
      'evaluation',
      'claim-low',
      'claim-pca',
      'claim-negatives',
    ]);
    for (const { shown, truth } of steps) {
      expect(shown.length).toBeGreaterThan(20);
      expect(truth).not.toMatch(/undefined|NaN|\[object/);
    }
  });

  it('has the figures of the tutorial, and what they are', () => {
    expect(step('split').shown).toMatch(/training rows {2}807\ntest rows {6}202/);
    expect(step('table').truth).toContain('386 of 1009 rows');
    expect(step('encoding').shown).toMatch(/-1/);
    expect(step('evaluation').shown).toContain('500/807 = 61.96 %');
    expect(step('evaluation').truth).toContain('Before the training it was 61.96 % and 64.85 %');
    expect(step('training').truth).toContain('the largest change of any weight is 0');
  });

  it('has a training log in which the loss never changes', () => {
    const losses = step('training').shown.match(/loss: \S+/g) as string[];
    expect(losses).toHaveLength(3);
    expect(new Set(losses).size).toBe(1);
  });

  it('asks each claim of an experiment, and says what it gave', () => {
    const { pairs, gradients, negatives } = answer.claims;
    expect(gradients).toEqual({ raw: 0, standardised: 0 });
    expect(pairs.map(({ prepare }) => prepare)).toEqual(['raw', 'standardised', 'pca']);
    expect(pairs[0].negative).toBe(0);
    expect(pairs[1].negative).toBeGreaterThan(0.3);
    for (const { relu, leaky, difference } of pairs) {
      expect(Math.min(relu, leaky)).toBeGreaterThan(0.2);
      expect(difference).toMatchObject({ arm: 'leaky_relu:0.05', baseline: 'relu', estimand: 'source' });
    }
    expect(step('claim-low').truth).toContain('gives every weight a gradient of 0');
    expect(negatives.map(({ share }) => share)).toEqual([0, 0.5, 1]);
    expect(step('claim-negatives').shown.split('\n')).toHaveLength(2 + 3);
  });

  it('has a page and pictures, and names them beforehand', () => {
    const files = tutorialFiles(answer, sampleDiabetes().featureNames);
    expect(Object.keys(files).sort()).toEqual([...tutorialFileNames].sort());
    for (const [name, text] of Object.entries(files).filter(([name]) => name.endsWith('.svg'))) {
      expect(text, name).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" /);
      expect(text, name).not.toMatch(/var\(|light-dark|NaN|undefined/);
    }
    expect(files['network.svg'].match(/<circle/g)).toHaveLength(6 + 3 + 1);
    expect(files['negative-inputs.svg']).toContain('class="band band-1"');
    for (const { title } of steps) expect(files['tutorial.html']).toContain(title);
    expect(JSON.parse(files['tutorial.json'])).toEqual(JSON.parse(JSON.stringify(answer)));
  });
});

describe('the tables of negative inputs', () => {
  it.each([0, 0.3, 1])('have a share of %d, and a label that every input counts for', (share) => {
    const table = tableOfNegatives(share, 1);
    const inputs = table.featureNames.map((name) => table.numbers(name));
    const negative = inputs.flatMap((values) => [...values]).filter((x) => x < 0).length / 3000;
    expect(Math.abs(negative - share)).toBeLessThan(share % 1 === 0 ? 1e-12 : 0.03);
    const high = table.labels().map((label) => label === 'high');
    expect(high.filter(Boolean).length).toBeGreaterThan(200);
    for (const values of inputs) {
      const mean = (of: boolean) => {
        const own = values.filter((_, row) => high[row] === of);
        return own.reduce((sum, x) => sum + x, 0) / own.length;
      };
      expect(Math.abs(mean(true) - mean(false))).toBeGreaterThan(0.05);
    }
    const again = (seed: number) => tableOfNegatives(share, seed).numbers('x1');
    expect(again(1)).toEqual(inputs[0]);
    expect(again(2)).not.toEqual(inputs[0]);
  });
});

it('intervals stand below each other over one axis', () => {
  const lines = intervalLines('share', 'points', [
    { name: '0.0', mean: 1, low: -1, high: 2 },
    { name: '1.0', mean: -2, low: Number.NaN, high: Number.NaN },
  ]).split('\n');
  expect(lines[0]).toBe('points');
  const column = lines[1].lastIndexOf('0', 30);
  expect(lines[2][column]).toBe('┼');
  expect(lines[2]).toMatch(/─•─+ {2}\+1\.0 {2}−1\.0 to \+2\.0$/);
  expect(lines[3]).toMatch(/•.*│.* −2\.0 {2} {3}– to {4}–$/);
});
