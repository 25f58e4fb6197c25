import pytest
import torch

from ai_artist.synthesis.goal import Goal, goal_of


class Words:
    """Answers each text with its own axis, and keeps what it was asked."""

    sharpness = 10.0

    def embed_words(self, prompts):
        self.asked = list(prompts)
        return torch.eye(8)[: len(prompts)]


def test_weights_are_the_prompts_and_the_papers_for_negative_ones():
    words = Words()
    goal = goal_of(words, "a cat", "Van Gogh", ["text", "letters"])
    assert words.asked == ["a cat", "a cat in the style of Van Gogh", "text", "letters"]
    assert goal.weights.tolist() == pytest.approx([0.5, 0.5, -0.3, -0.3])
    assert goal_of(words, "a cat").weights.tolist() == [1.0]


def test_similarity_is_to_the_prompt_alone():
    goal = Goal(torch.eye(3), torch.tensor([0.5, 0.5, -0.3]))
    pictures = torch.tensor([[0.6, 0.0, 0.8], [0.0, 1.0, 0.0]])
    assert goal.similarity(pictures).tolist() == pytest.approx([0.6, 0.0])
    assert goal.gain(pictures).tolist() == pytest.approx([0.3 - 0.24, 0.5])
