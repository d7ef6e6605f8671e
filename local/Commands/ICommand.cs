namespace FundingFlow.Local.Commands;

/// <summary>Something that this program does. A new one is a class here and a line in <see cref="CommandLine"/>.</summary>
public interface ICommand
{
    /// <summary>The word that selects it; the one without a word is what happens when none is given.</summary>
    string Name { get; }

    /// <summary>Its lines in <c>--help</c>.</summary>
    string Help { get; }

    /// <param name="arguments">Those after the name.</param>
    /// <returns>The exit code: 0, or 1 when it could not be done.</returns>
    /// <exception cref="UsageException">An argument is unknown, or its value is not one.</exception>
    Task<int> RunAsync(IReadOnlyList<string> arguments, Terminal terminal, TimeProvider clock);
}
