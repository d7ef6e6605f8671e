namespace FundingFlow.Local.Hosting;

/// <summary>
/// A function that the Functions host would serve and the local host cannot. Thrown at start, so that the two hosts never
/// differ in silence; change the function's signature, or teach <c>local/Hosting</c> the missing part.
/// </summary>
public sealed class UnservableFunctionException(string function, string reason)
    : Exception($"The function '{function}' cannot be served on this machine: {reason}.")
{
    public string Function { get; } = function;
}
