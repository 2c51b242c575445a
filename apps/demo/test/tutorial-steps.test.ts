import { sampleDiabetes } from '@rectify/dataset';
import { beforeAll, describe, expect, it } from 'vitest';
import { useReproducibleBackend } from '../src/tutorial/backend.js';
import { type TutorialStep, tutorialSteps } from '../src/tutorial/steps.js';

describe('the tutorial, step by step', () => {
  let steps: TutorialStep[];
  const step = (id: TutorialStep['id']) => steps.find((s) => s.id === id) as TutorialStep;

  beforeAll(async () => {
    await useReproducibleBackend();
    ({ steps } = await tutorialSteps(sampleDiabetes(), { epochs: 3 }));
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
});
