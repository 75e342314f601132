"""The graphs that are run: lists of (name, names before it), every step a no-op."""


def independent(count):
    return [(f"s{i}", []) for i in range(count)]


def chain(count):
    return [(f"s{i}", [f"s{i - 1}"] if i else []) for i in range(count)]


def layers(depth, width, before):
    steps = []
    for layer in range(depth):
        for i in range(width):
            after = [f"l{layer - 1}n{(i + k) % width}" for k in range(before)] if layer else []
            steps.append((f"l{layer}n{i}", after))
    return steps
