"""A month as a paper says it, part by part, in blocks of words: what the layouts of templates/typst draw."""
