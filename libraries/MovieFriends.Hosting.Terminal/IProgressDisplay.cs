
namespace MovieFriends.Hosting.Terminal;

/// <summary>Shows how far the stages are.</summary>
internal interface IProgressDisplay : IAsyncDisposable
{
    void Show(ServiceLogLine.Progress progress);
}
